using System.Buffers;

namespace Crisp.Linux;

/// <summary>Collects up to a number of bytes of a stream and drops the rest.</summary>
internal sealed class BoundedOutput(int maxBytes)
{
    private const int ReadSize = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _kept = new();

    internal bool Truncated { get; private set; }

    internal byte[] ToArray() => _kept.WrittenSpan.ToArray();

    /// <summary>Reads until the pipe is empty for now; false when it has ended.</summary>
    internal bool ReadAllFrom(FileDescriptor pipe)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            while (pipe.TryRead(buffer, out var count))
            {
                if (count == 0)
                    return false;
                Keep(buffer.AsSpan(0, count));
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var room = maxBytes - _kept.WrittenCount;
        if (bytes.Length > room)
            Truncated = true;
        _kept.Write(bytes[..Math.Min(room, bytes.Length)]);
    }
}
