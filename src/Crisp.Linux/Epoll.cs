using System.Buffers.Binary;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// An epoll instance, level-triggered, with the caller's token for each descriptor. Synchronous and thin.
/// </summary>
public sealed class Epoll : IDisposable
{
    private const int OperationAdd = 1;
    private const int OperationDelete = 2;
    private const int OperationModify = 3;
    private const int MaxEvents = 64;

    private readonly FileDescriptor _epoll =
        new(FailedCall.ThrowIfNegative(Libc.epoll_create1(FileConstants.O_CLOEXEC), "epoll_create1"));

    public void Add(FileDescriptor fd, EpollEvents events, ulong token) => Control(OperationAdd, fd, events, token);

    public void Modify(FileDescriptor fd, EpollEvents events, ulong token) =>
        Control(OperationModify, fd, events, token);

    /// <summary>
    /// Must be called before a descriptor is closed: the kernel forgets it by itself only when its last duplicate
    /// is closed.
    /// </summary>
    public void Remove(FileDescriptor fd) => Control(OperationDelete, fd, EpollEvents.None, 0);

    /// <summary>Waits, for ever with a negative timeout, and fills in what is ready.</summary>
    public unsafe int Wait(Span<EpollReady> ready, int timeoutMillis)
    {
        var wanted = Math.Min(ready.Length, MaxEvents);
        var size = EpollEventLayout.Size;
        byte* events = stackalloc byte[MaxEvents * EpollEventLayout.OtherSize];
        var count = Libc.epoll_wait(_epoll.Number, events, wanted, timeoutMillis);
        if (count < 0 && FailedCall.LastErrno == Errno.EINTR)
            return 0;
        FailedCall.ThrowIfNegative(count, "epoll_wait");
        for (var i = 0; i < count; i++)
        {
            var bytes = new ReadOnlySpan<byte>(events + (i * size), size);
            ready[i] = new EpollReady(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[EpollEventLayout.DataOffset..]),
                (EpollEvents)BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        }

        return count;
    }

    public void Dispose() => _epoll.Dispose();

    private unsafe void Control(int operation, FileDescriptor fd, EpollEvents events, ulong token)
    {
        byte* packed = stackalloc byte[EpollEventLayout.OtherSize];
        var bytes = new Span<byte>(packed, EpollEventLayout.OtherSize);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)events);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[EpollEventLayout.DataOffset..], token);
        FailedCall.ThrowIfNegative(Libc.epoll_ctl(_epoll.Number, operation, fd.Number, packed), "epoll_ctl");
    }
}
