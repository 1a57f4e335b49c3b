using System.Text;
using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.Spdy;

namespace Crisp.Streaming.Sessions;

/// <summary>
/// Exec and attach over SPDY: one stream each, begun by the client and named by the header streamType.
/// </summary>
internal sealed class SpdyCommandConnection(SpdySession session, string? protocol, CommandRequest request)
    : ICommandConnection
{
    private readonly Dictionary<string, SpdyStream> _streams = [];

    public CancellationToken Vanished => session.Ended;

    public async Task<RemoteStreams> OpenAsync(CancellationToken cancellation)
    {
        var expected = Expected();
        while (_streams.Count < expected.Count)
        {
            if (!await session.Accepted.WaitToReadAsync(cancellation).ConfigureAwait(false))
                throw new IOException("the client went away before it had begun its streams");
            if (session.Accepted.TryRead(out var stream))
                await TakeAsync(stream, expected, cancellation).ConfigureAwait(false);
        }

        session.StopAccepting();
        return new RemoteStreams
        {
            Stdin = _streams.GetValueOrDefault(StreamHeaders.Stdin),
            Stdout = _streams.GetValueOrDefault(StreamHeaders.Stdout),
            Stderr = _streams.GetValueOrDefault(StreamHeaders.Stderr),
            Sizes = _streams.TryGetValue(StreamHeaders.Resize, out var sizes)
                ? TerminalSizes.ReadAsync(sizes, session.Ended)
                : null,
        };
    }

    public async Task EndAsync(StatusMessage status, CancellationToken patience)
    {
        try
        {
            foreach (var name in (string[])[StreamHeaders.Stdout, StreamHeaders.Stderr])
            {
                if (_streams.TryGetValue(name, out var output))
                    await output.CloseWriteAsync(patience).ConfigureAwait(false);
            }

            var error = _streams[StreamHeaders.Error];
            await error.WriteAsync(Text(status), patience).ConfigureAwait(false);
            await error.CloseWriteAsync(patience).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody hears it.
        }

        await session.CloseAsync(patience).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    /// <summary>From v4 on a Status; before that a sentence, and nothing for success.</summary>
    private byte[] Text(StatusMessage status) =>
        protocol == StreamProtocols.V4 ? ExitMessage.Write(status)
        : status.Status == "Success" ? []
        : Encoding.UTF8.GetBytes(status.Message ?? "");

    private HashSet<string> Expected()
    {
        HashSet<string> expected = [StreamHeaders.Error];
        if (request.Stdin)
            expected.Add(StreamHeaders.Stdin);
        if (request.Stdout)
            expected.Add(StreamHeaders.Stdout);
        if (request.Stderr)
            expected.Add(StreamHeaders.Stderr);
        if (request.Tty && protocol is StreamProtocols.V3 or StreamProtocols.V4)
            expected.Add(StreamHeaders.Resize);
        return expected;
    }

    private async Task TakeAsync(SpdyStream stream, HashSet<string> expected, CancellationToken cancellation)
    {
        var type = stream.Headers.GetValueOrDefault(StreamHeaders.StreamType, "");
        if (expected.Contains(type) && _streams.TryAdd(type, stream))
            await stream.ReplyAsync(cancellation).ConfigureAwait(false);
        else
            stream.Reset(SpdyStatus.RefusedStream);
    }
}
