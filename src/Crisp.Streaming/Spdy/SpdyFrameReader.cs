using System.Buffers;

namespace Crisp.Streaming.Spdy;

/// <summary>
/// Cuts what comes from the transport into headers and payloads; a payload is read whole or piece by piece.
/// </summary>
internal sealed class SpdyFrameReader(Stream transport) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * SpdyLimits.ControlFrameBytes);
    private int _start;
    private int _end;

    /// <summary>The next frame's header; null when the transport ended before it.</summary>
    public async ValueTask<SpdyFrameHeader?> ReadHeaderAsync(CancellationToken cancellation)
    {
        if (!await TryFillAsync(SpdyFrameHeader.Size, cancellation).ConfigureAwait(false))
            return _start == _end
                ? null
                : throw new SpdyProtocolException("the connection ended within a frame's header");
        return SpdyFrameHeader.Read(Take(SpdyFrameHeader.Size).Span);
    }

    /// <summary>All of a control frame's payload, valid until the next read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(int length, CancellationToken cancellation)
    {
        if (!await TryFillAsync(length, cancellation).ConfigureAwait(false))
            throw new SpdyProtocolException("the connection ended within a frame");
        return Take(length);
    }

    /// <summary>Some of a payload, at least a byte and at most what is left of it, valid until the next read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadSomeAsync(int left, CancellationToken cancellation)
    {
        if (!await TryFillAsync(1, cancellation).ConfigureAwait(false))
            throw new SpdyProtocolException("the connection ended within a frame");
        return Take(Math.Min(left, _end - _start));
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        _start += length;
        return _buffer.AsMemory(_start - length, length);
    }

    private async ValueTask<bool> TryFillAsync(int wanted, CancellationToken cancellation)
    {
        if (_end - _start >= wanted)
            return true;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < wanted)
        {
            var count = await transport.ReadAsync(_buffer.AsMemory(_end), cancellation).ConfigureAwait(false);
            if (count == 0)
                return false;
            _end += count;
        }

        return true;
    }
}
