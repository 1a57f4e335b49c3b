using System.IO.Pipelines;
using System.Text;

namespace Crisp.Testing.Spdy;

/// <summary>
/// One stream, of which both directions end apart. What comes waits in a bounded buffer until somebody reads it.
/// </summary>
public sealed class SpdyStream
{
    private const int MaxFrameBytes = 32 * 1024;

    private readonly SpdyConnection _connection;
    private readonly Pipe _received = new(
        new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19));
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> _replied =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private Exception? _end;

    internal SpdyStream(SpdyConnection connection, uint id)
    {
        _connection = connection;
        Id = id;
    }

    public uint Id { get; }

    /// <summary>The headers of SYN_REPLY; a reset or the connection's end instead of it is thrown.</summary>
    public Task<IReadOnlyDictionary<string, string>> Replied => _replied.Task;

    /// <summary>The peer has reset it.</summary>
    public bool WasReset => _end is SpdyResetException;

    internal SpdyWindow SendWindow { get; } = new();

    /// <summary>
    /// 0 bytes: the peer has ended its direction, or reset the stream, which is how a server of Go ends streams that it
    /// has no more to say on. The connection's end before that is an end to client-go, and an error by the
    /// specification.
    /// </summary>
    public async Task<int> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        var result = await _received.Reader.ReadAsync(cancellationToken);
        var count = (int)Math.Min(result.Buffer.Length, into.Length);
        var left = count;
        foreach (var piece in result.Buffer)
        {
            var part = Math.Min(piece.Length, left);
            piece.Span[..part].CopyTo(into.Span[(count - left)..]);
            left -= part;
        }

        _received.Reader.AdvanceTo(result.Buffer.GetPosition(count));
        if (count > 0)
            await _connection.GiveBackAsync(this, count);
        else if (_connection.Temper == SpdyTemper.Specified && _end is not (null or SpdyResetException))
            throw new IOException($"stream {Id} was not ended", _end);
        return count;
    }

    public async Task<byte[]> ReadToEndAsync(CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await ReadAsync(buffer, cancellationToken) is var count and > 0)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    public async Task<string> ReadTextAsync(CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await ReadToEndAsync(cancellationToken));

    /// <summary>Reads until the text has come, and answers with all that came with it.</summary>
    public async Task<string> ReadUntilAsync(string text, CancellationToken cancellationToken)
    {
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await ReadAsync(buffer, cancellationToken);
            if (count == 0)
                throw new EndOfStreamException($"stream {Id} ended before \"{text}\": {seen}");
            seen.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return seen.ToString();
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        while (!bytes.IsEmpty)
        {
            if (_end is not null)
                throw new IOException($"stream {Id} takes no more", _end);
            var room = await _connection.TakeRoomAsync(this, Math.Min(bytes.Length, MaxFrameBytes), either.Token);
            await _connection.SendAsync(SpdyFrame.Data(Id, bytes.Span[..room]), cancellationToken);
            bytes = bytes[room..];
        }
    }

    public Task WriteTextAsync(string text, CancellationToken cancellationToken) =>
        WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>No more comes from this side: an empty frame with FIN, as client-go closes.</summary>
    public Task EndAsync(CancellationToken cancellationToken) =>
        _connection.SendAsync(SpdyFrame.Data(Id, [], fin: true), cancellationToken);

    public Task ResetAsync(CancellationToken cancellationToken) =>
        _connection.SendAsync(SpdyFrame.RstStream(Id, SpdyStatus.Cancel), cancellationToken);

    internal void Reply(IReadOnlyDictionary<string, string> headers) => _replied.TrySetResult(headers);

    internal async Task ReceiveAsync(byte[] bytes)
    {
        if (!_replied.Task.IsCompletedSuccessfully)
            throw new InvalidDataException($"data on stream {Id} before its SYN_REPLY, which client-go drops");
        if (bytes.Length > 0)
            await _received.Writer.WriteAsync(bytes);
    }

    /// <summary>The peer sends no more; with a reason neither direction goes on.</summary>
    internal void EndReceiving(Exception? why = null)
    {
        if (why is not null)
        {
            _end ??= why;
            _replied.TrySetException(why);
            _ended.Cancel();
        }

        _received.Writer.Complete();
    }
}
