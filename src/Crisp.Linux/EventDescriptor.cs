using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>An eventfd(2): a counter to wake a loop with.</summary>
public static class EventDescriptor
{
    public static FileDescriptor Create() => new(FailedCall.ThrowIfNegative(
        Libc.eventfd(0, FileConstants.O_CLOEXEC | FileConstants.O_NONBLOCK), "eventfd"));

    public static void Set(FileDescriptor eventFd) => eventFd.Write([1, 0, 0, 0, 0, 0, 0, 0], out _);

    /// <summary>Sets the counter to zero and returns what it was.</summary>
    public static ulong Reset(FileDescriptor eventFd)
    {
        Span<byte> counter = stackalloc byte[sizeof(ulong)];
        return eventFd.Read(counter, out _) == Errno.None ? BitConverter.ToUInt64(counter) : 0;
    }
}
