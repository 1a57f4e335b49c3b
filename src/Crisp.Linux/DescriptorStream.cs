namespace Crisp.Linux;

/// <summary>
/// A pipe or terminal of another program as a stream, asynchronous only. It owns the descriptor, which it makes
/// non-blocking. The end of a terminal (EIO) reads as the end of the stream; a reader that is gone (EPIPE) is an
/// <see cref="IOException"/>, as with any stream.
/// </summary>
public sealed class DescriptorStream : Stream
{
    private readonly FileDescriptor _descriptor;
    private readonly EventLoop _loop;

    public DescriptorStream(FileDescriptor descriptor, EventLoop loop)
    {
        _descriptor = descriptor;
        _loop = loop;
        descriptor.SetNonBlocking();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What is there, at least one byte; 0 at the end.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var errno = Read(buffer.Span, out var count);
            if (errno == Errno.None)
                return count;
            if (errno == Errno.EIO)
                return 0;
            await ReadyAsync(errno, EpollEvents.Readable, "read", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns when all of it is written.</summary>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var errno = Write(buffer.Span, out var count);
            buffer = buffer[count..];
            if (errno != Errno.None)
                await ReadyAsync(errno, EpollEvents.Writable, "write", cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw OnlyAsynchronous();

    public override void Write(byte[] buffer, int offset, int count) => throw OnlyAsynchronous();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _descriptor.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// The reference keeps the number from being closed, and given to another file, in the middle of the call.
    /// </summary>
    private Errno Read(Span<byte> buffer, out int count)
    {
        var isHeld = false;
        try
        {
            _descriptor.DangerousAddRef(ref isHeld);
            return _descriptor.Read(buffer, out count);
        }
        finally
        {
            if (isHeld)
                _descriptor.DangerousRelease();
        }
    }

    private Errno Write(ReadOnlySpan<byte> buffer, out int count)
    {
        var isHeld = false;
        try
        {
            _descriptor.DangerousAddRef(ref isHeld);
            return _descriptor.Write(buffer, out count);
        }
        finally
        {
            if (isHeld)
                _descriptor.DangerousRelease();
        }
    }

    private Task ReadyAsync(Errno errno, EpollEvents events, string call, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_descriptor.IsClosed, this);
        if (errno == Errno.EAGAIN)
            return _loop.WaitAsync(_descriptor, events, cancellationToken);
        var failure = new SyscallException(call, errno);
        throw new IOException(failure.Message, failure);
    }

    private static NotSupportedException OnlyAsynchronous() => new("this stream is asynchronous only");
}
