using Crisp.Linux;

namespace Crisp.Ctl;

/// <summary>
/// Standard input, output or error by read(2) and write(2), which block. The class library's console streams read a
/// terminal by lines of their own, and put it back to its former settings at the first write, raw mode or not.
/// </summary>
internal sealed class StandardStream(FileDescriptor descriptor) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var errno = descriptor.Read(buffer, out var count);
        return errno is Errno.None or Errno.EIO // a terminal that was hung up
            ? count
            : throw new IOException($"the standard input cannot be read: {errno}");
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var errno = descriptor.Write(buffer, out var count);
            if (errno == Errno.EPIPE) throw new OutputClosedException();
            if (errno != Errno.None) throw new IOException($"the output cannot be written: {errno}");
            buffer = buffer[count..];
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>At once: another thread would only make the user's keys slower.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
