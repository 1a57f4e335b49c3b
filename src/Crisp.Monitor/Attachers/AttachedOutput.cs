using Crisp.Linux;

namespace Crisp.Monitor.Attachers;

/// <summary>
/// One stream on its way to one attacher: a pipe, and behind it a backlog for what the pipe does not take at once. The
/// backlog is bounded; a reader that falls behind by more is cut off, since the container waits for nobody. It costs
/// memory only while there is one.
/// </summary>
internal sealed class AttachedOutput(FileDescriptor pipe, Epoll epoll, ulong token) : IDisposable
{
    /// <summary>
    /// A burst that a reader on a slow network catches up with. With <see cref="Attachments.Most"/> it bounds what
    /// readers that stand still cost the node: 2 streams, 16 attachers, 128 MiB a container.
    /// </summary>
    internal const int MaxBacklogBytes = 16 * BlockBytes;

    /// <summary>What is given back at once: a multiple of every page size.</summary>
    private const int BlockBytes = 256 * 1024;

    private NativeBuffer? _backlog;
    private int _start;
    private int _length;

    internal bool HasBacklog => _length > 0;

    /// <summary>Sends what fits and keeps the rest.</summary>
    internal AttachedOutputState Write(ReadOnlySpan<byte> bytes)
    {
        if (_length > 0)
            return Keep(bytes);
        var errno = WriteToPipe(bytes, out var count);
        if (errno == Errno.None)
            return AttachedOutputState.Open;
        if (errno != Errno.EAGAIN)
            return AttachedOutputState.ReaderGone;
        epoll.Add(pipe, EpollEvents.Writable, token);
        return Keep(bytes[count..]);
    }

    /// <summary>The pipe has room again, or its reader is gone.</summary>
    internal AttachedOutputState Flush()
    {
        if (_length == 0)
            return AttachedOutputState.Open; // an event that was under way when its cause went
        while (_length > 0)
        {
            var block = _start / BlockBytes;
            var upTo = Math.Min(_length, MaxBacklogBytes - _start);
            var errno = WriteToPipe(
                _backlog!.Span.Slice(_start, Math.Min(upTo, BlockBytes)), out var count); // there is one
            _start = (_start + count) % MaxBacklogBytes;
            _length -= count;
            ReleaseBehind(block);
            if (errno == Errno.EAGAIN)
                return AttachedOutputState.Open;
            if (errno != Errno.None)
                return AttachedOutputState.ReaderGone;
        }

        epoll.Remove(pipe);
        _backlog!.Release(); // it has just been emptied
        _start = 0;
        return AttachedOutputState.Open;
    }

    public void Dispose()
    {
        if (_length > 0)
            epoll.Remove(pipe);
        _backlog?.Dispose();
        pipe.Dispose();
    }

    private AttachedOutputState Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBacklogBytes - _length)
            return AttachedOutputState.TooSlow;
        _backlog ??= new NativeBuffer(MaxBacklogBytes);
        var end = (_start + _length) % MaxBacklogBytes;
        var first = Math.Min(bytes.Length, MaxBacklogBytes - end);
        bytes[..first].CopyTo(_backlog.Span[end..]);
        bytes[first..].CopyTo(_backlog.Span);
        _length += bytes.Length;
        return AttachedOutputState.Open;
    }

    private Errno WriteToPipe(ReadOnlySpan<byte> bytes, out int count)
    {
        count = 0;
        while (count < bytes.Length)
        {
            var errno = pipe.Write(bytes[count..], out var written);
            count += written;
            if (errno != Errno.None)
                return errno;
        }

        return Errno.None;
    }

    /// <summary>Gives a block back that was read through, unless the ring's end has come round to it.</summary>
    private void ReleaseBehind(int block)
    {
        if (_start / BlockBytes != block && _length <= MaxBacklogBytes - (2 * BlockBytes))
            _backlog!.Release(block * BlockBytes, BlockBytes); // there is one as long as there is a backlog
    }
}
