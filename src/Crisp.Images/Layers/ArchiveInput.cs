using System.Buffers;
using System.Security.Cryptography;

namespace Crisp.Images.Layers;

/// <summary>
/// The uncompressed archive, read through one large buffer, hashed as it arrives, where somebody wants that, and
/// bounded: more than the limit is a decompression bomb.
/// </summary>
internal sealed class ArchiveInput(Stream source, IncrementalHash? hash, long maxBytes) : IDisposable
{
    private const int BufferBytes = 256 * 1024;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _start;
    private int _end;

    /// <summary>Bytes that came out of the decompressor so far.</summary>
    public long TotalBytes { get; private set; }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>What is there, at least one byte and at most <paramref name="max"/>; empty at the end.</summary>
    public ReadOnlySpan<byte> TakeSome(long max)
    {
        if (_start == _end && !Fill()) return default;
        var taken = _buffer.AsSpan(_start, (int)Math.Min(max, _end - _start));
        _start += taken.Length;
        return taken;
    }

    /// <summary>Fills the destination; false only at a clean end, before its first byte.</summary>
    public bool TryTakeExactly(Span<byte> destination)
    {
        var filled = 0;
        while (filled < destination.Length)
        {
            var some = TakeSome(destination.Length - filled);
            if (some.IsEmpty) return filled == 0 ? false : throw Truncated();
            some.CopyTo(destination[filled..]);
            filled += some.Length;
        }
        return true;
    }

    public void Skip(long count)
    {
        while (count > 0)
        {
            var some = TakeSome(count);
            if (some.IsEmpty) throw Truncated();
            count -= some.Length;
        }
    }

    /// <summary>
    /// Skips what fills the last block of a file. It may be cut short by the end: `umoci insert` writes neither it nor
    /// an end of archive, and Go's reader, which every other runtime has, takes that for the end.
    /// </summary>
    public void SkipPadding(int count)
    {
        while (count > 0)
        {
            var some = TakeSome(count);
            if (some.IsEmpty) return;
            count -= some.Length;
        }
    }

    /// <summary>Reads the rest: the digest is that of the whole.</summary>
    public void Drain()
    {
        while (!TakeSome(long.MaxValue).IsEmpty)
        {
        }
    }

    public static InvalidDataException Truncated() => new("the archive ends in the middle of a file");

    private bool Fill()
    {
        _start = _end = 0;
        while (_end < BufferBytes)
        {
            var count = source.Read(_buffer, _end, BufferBytes - _end);
            if (count == 0) break;
            _end += count;
        }
        hash?.AppendData(_buffer, 0, _end);
        TotalBytes += _end;
        if (TotalBytes > maxBytes) throw new LayerLimitException($"the layer unpacks to more than {maxBytes} bytes");
        return _end > 0;
    }
}
