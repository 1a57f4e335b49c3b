using System.Text.Json;
using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.Spdy;

namespace Crisp.Ctl.Streaming;

/// <summary>
/// Over SPDY each stream is a SPDY stream; the server waits for all that were asked for. Ends when stdout, stderr and
/// error have.
/// </summary>
internal sealed class SpdyCommand : RemoteCommand
{
    private static readonly string[] s_protocols = [StreamProtocols.V4,
        StreamProtocols.V3, StreamProtocols.V2, StreamProtocols.V1];

    private readonly SpdySession _session;
    private readonly string _protocol;
    private readonly Dictionary<string, SpdyStream> _streams = [];

    private SpdyCommand(SpdySession session, string protocol)
    {
        _session = session;
        _protocol = protocol;
    }

    internal static async Task<SpdyCommand> OpenAsync(HttpUpgrade upgrade, CommandStreams streams, CancellationToken ct)
    {
        var (session, protocol) = await SpdyDialer.DialAsync(upgrade, s_protocols, ct);
        var command = new SpdyCommand(session, protocol);
        try
        {
            foreach (var type in command.TypesOf(streams)) await command.OpenStreamAsync(type, ct);
            return command;
        }
        catch (IOException e)
        {
            await session.DisposeAsync();
            throw new CtlException($"the runtime did not take the streams: {e.Message}", e);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    internal override ValueTask WriteStdinAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        _streams[StreamHeaders.Stdin].WriteAsync(bytes, ct);

    internal override async ValueTask EndStdinAsync(CancellationToken ct) =>
        await _streams[StreamHeaders.Stdin].CloseWriteAsync(ct);

    internal override async ValueTask ResizeAsync(TerminalSize size, CancellationToken ct)
    {
        if (!_streams.TryGetValue(StreamHeaders.Resize, out var stream)) return;
        await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(size, TerminalSizeJson.Default.TerminalSize), ct);
    }

    internal override async Task<int> RunAsync(Stream stdout, Stream stderr, CancellationToken ct)
    {
        using var said = new MemoryStream();
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAll(
            CopyAsync(StreamHeaders.Stdout, stdout, broken), CopyAsync(StreamHeaders.Stderr, stderr, broken),
            CopyAsync(StreamHeaders.Error, said, broken));
        return ExitCodeOf(said.ToArray(), isStatus: _protocol == StreamProtocols.V4, _session.Failure);
    }

    public override ValueTask DisposeAsync() => _session.DisposeAsync();

    private IEnumerable<string> TypesOf(CommandStreams streams)
    {
        yield return StreamHeaders.Error;
        if (streams.Stdin) yield return StreamHeaders.Stdin;
        yield return StreamHeaders.Stdout;
        if (!streams.Tty) yield return StreamHeaders.Stderr;
        if (streams.Tty && _protocol is StreamProtocols.V4 or StreamProtocols.V3) yield return StreamHeaders.Resize;
    }

    private async Task OpenStreamAsync(string type, CancellationToken ct)
    {
        var stream = await _session.OpenStreamAsync(
            new Dictionary<string, string> { [StreamHeaders.StreamType] = type }, ct);
        await stream.Replied.WaitAsync(ct);
        _streams[type] = stream;
    }

    /// <summary>
    /// Until the stream's end. When nobody takes what it brings, the other streams are not waited for.
    /// </summary>
    private async Task CopyAsync(string type, Stream to, CancellationTokenSource broken)
    {
        if (!_streams.TryGetValue(type, out var stream)) return;
        var buffer = new byte[32 * 1024];
        while (await ReadAsync(stream, buffer, broken.Token) is var count and > 0)
        {
            try
            {
                await to.WriteAsync(buffer.AsMemory(0, count), broken.Token);
            }
            catch
            {
                await broken.CancelAsync();
                throw;
            }
        }
    }

    private static async ValueTask<int> ReadAsync(SpdyStream stream, Memory<byte> buffer, CancellationToken ct)
    {
        try
        {
            return await stream.ReadAsync(buffer, ct);
        }
        catch (IOException)
        {
            return 0; // servers of Go end streams by a reset; whether that was all, the error stream says
        }
    }
}
