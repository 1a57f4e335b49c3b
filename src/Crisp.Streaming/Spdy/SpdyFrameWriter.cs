using System.Buffers;
using System.Buffers.Binary;

namespace Crisp.Streaming.Spdy;

/// <summary>
/// Writes whole frames, one after the other, whoever calls; a write that was begun is never cut short. Small frames are
/// posted: nobody waits for them, least of all the loop that reads, or two ends that both write could wait for each
/// other.
/// </summary>
internal sealed class SpdyFrameWriter(Stream transport) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SpdyHeaderEncoder _headers = new();
    private readonly Queue<byte[]> _posted = new();
    private bool _posting;

    public Task DataAsync(uint streamId, ReadOnlyMemory<byte> data, bool fin, CancellationToken cancellation) =>
        WriteAsync(SpdyFrameHeader.Data(streamId, data.Length, fin), data, cancellation);

    public Task SynStreamAsync(
        uint streamId, IReadOnlyDictionary<string, string> headers, CancellationToken cancellation) =>
        WriteHeadersAsync(SpdyFrameType.SynStream, [streamId], priority: true, headers, cancellation);

    public Task SynReplyAsync(
        uint streamId, IReadOnlyDictionary<string, string> headers, CancellationToken cancellation) =>
        WriteHeadersAsync(SpdyFrameType.SynReply, [streamId], priority: false, headers, cancellation);

    public Task GoAwayAsync(uint lastGoodStreamId, SpdyStatus status) =>
        WriteAsync(Numbers(SpdyFrameType.GoAway, lastGoodStreamId, status == SpdyStatus.None ? 0u : 1u),
            CancellationToken.None);

    public void RstStream(uint streamId, SpdyStatus status) =>
        Post(Numbers(SpdyFrameType.RstStream, streamId, (uint)status));

    public void WindowUpdate(uint streamId, int delta) =>
        Post(Numbers(SpdyFrameType.WindowUpdate, streamId, (uint)delta));

    public void Ping(uint id) => Post(Numbers(SpdyFrameType.Ping, id));

    /// <summary>SETTINGS with one entry: how much the peer may send ahead on each stream.</summary>
    public void InitialWindow(int bytes) =>
        Post(Numbers(SpdyFrameType.Settings, 1, SpdySettings.InitialWindowSize, (uint)bytes));

    public void Dispose() => _turn.Dispose();

    /// <exception cref="SpdyProtocolException">The peer asks for answers and does not read them.</exception>
    private void Post(byte[] frame)
    {
        lock (_posted)
        {
            if (_posted.Count >= SpdyLimits.PostedFrames)
                throw new SpdyProtocolException($"the peer left {SpdyLimits.PostedFrames} answers unread");
            _posted.Enqueue(frame);
            if (_posting)
                return;
            _posting = true;
        }

        _ = WritePostedAsync();
    }

    private async Task WritePostedAsync()
    {
        try
        {
            while (true)
            {
                byte[]? frame;
                lock (_posted)
                {
                    if (!_posted.TryDequeue(out frame))
                    {
                        _posting = false;
                        return;
                    }
                }

                await WriteAsync(frame, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // The transport is closed, which the loop that reads learns by itself: nothing is posted any more.
        }
    }

    private static byte[] Numbers(SpdyFrameType type, params ReadOnlySpan<uint> numbers)
    {
        var frame = new byte[SpdyFrameHeader.Size + (numbers.Length * sizeof(uint))];
        SpdyFrameHeader.Control(type, frame.Length - SpdyFrameHeader.Size).Write(frame);
        Write(numbers, frame.AsSpan(SpdyFrameHeader.Size));
        return frame;
    }

    private async Task WriteHeadersAsync(
        SpdyFrameType type,
        uint[] numbers, bool priority, IReadOnlyDictionary<string, string> headers, CancellationToken cancellation)
    {
        var fixedSize = priority ? 10 : 4; // SYN_STREAM has also an associated stream, a priority and a slot, all 0
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var block = _headers.Encode(headers);
            var frame = new byte[SpdyFrameHeader.Size + fixedSize + block.Length];
            SpdyFrameHeader.Control(type, fixedSize + block.Length).Write(frame);
            Write(numbers, frame.AsSpan(SpdyFrameHeader.Size));
            block.CopyTo(frame, SpdyFrameHeader.Size + fixedSize);
            await WriteInTurnAsync(frame).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task WriteAsync(SpdyFrameHeader header, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var frame = ArrayPool<byte>.Shared.Rent(SpdyFrameHeader.Size + payload.Length);
        try
        {
            header.Write(frame);
            payload.Span.CopyTo(frame.AsSpan(SpdyFrameHeader.Size));
            await WriteAsync(
                frame.AsMemory(0, SpdyFrameHeader.Size + payload.Length), cancellation).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await WriteInTurnAsync(frame).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask WriteInTurnAsync(ReadOnlyMemory<byte> frame)
    {
        await transport.WriteAsync(frame, CancellationToken.None).ConfigureAwait(false);
        await transport.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static void Write(ReadOnlySpan<uint> numbers, Span<byte> to)
    {
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(to[(i * sizeof(uint))..], numbers[i]);
    }
}
