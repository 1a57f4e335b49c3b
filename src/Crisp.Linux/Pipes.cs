using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>Anonymous pipes.</summary>
public static class Pipes
{
    /// <summary>
    /// A pipe whose ends are both blocking or both not. An end meant for another program should block: make a
    /// blocking pipe and call <see cref="FileDescriptor.SetNonBlocking"/> on the own end.
    /// </summary>
    public static unsafe (FileDescriptor Read, FileDescriptor Write) Create(bool nonBlocking = false)
    {
        int* ends = stackalloc int[2];
        var flags = FileConstants.O_CLOEXEC | (nonBlocking ? FileConstants.O_NONBLOCK : 0);
        FailedCall.ThrowIfNegative(Libc.pipe2(ends, flags), "pipe2");
        return (new FileDescriptor(ends[0]), new FileDescriptor(ends[1]));
    }

    /// <summary>
    /// Lets a pipe hold up to this many bytes (it takes memory only for what it holds); where the host forbids it
    /// (/proc/sys/fs/pipe-max-size) the pipe keeps what it has. Returns what it holds.
    /// </summary>
    public static int TrySetCapacity(FileDescriptor end, int bytes)
    {
        var capacity = Libc.fcntl(end.Number, FileConstants.F_SETPIPE_SZ, bytes);
        return capacity >= 0 ? capacity : FailedCall.ThrowIfNegative(
            Libc.fcntl(end.Number, FileConstants.F_GETPIPE_SZ, 0), "fcntl(F_GETPIPE_SZ)");
    }
}
