using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// A unix socket of kind SOCK_SEQPACKET: a connection whose messages keep their bounds. Never blocks; wait with
/// <see cref="Epoll"/> or <see cref="EventLoop"/>.
/// </summary>
public sealed class SeqPacketSocket(FileDescriptor descriptor) : IDisposable
{
    private const int Type = SocketConstants.SOCK_SEQPACKET | SocketConstants.SOCK_NONBLOCK;

    public FileDescriptor Descriptor { get; } = descriptor;

    /// <summary>Two connected ends.</summary>
    public static unsafe (SeqPacketSocket First, SeqPacketSocket Second) Pair()
    {
        int* ends = stackalloc int[2];
        FailedCall.ThrowIfNegative(
            Libc.socketpair(SocketConstants.AF_UNIX, Type | SocketConstants.SOCK_CLOEXEC, 0, ends), "socketpair");
        return (new SeqPacketSocket(new FileDescriptor(ends[0])), new SeqPacketSocket(new FileDescriptor(ends[1])));
    }

    /// <summary>Listens on a path, which must not exist yet.</summary>
    public static unsafe SeqPacketSocket Listen(string path, int backlog = 16)
    {
        byte* address = stackalloc byte[SocketConstants.UnixAddressSize];
        var length = Sockets.UnixAddress(path, new Span<byte>(address, SocketConstants.UnixAddressSize));
        var socket = new SeqPacketSocket(Sockets.Create(SocketConstants.AF_UNIX, Type));
        try
        {
            FailedCall.ThrowIfNegative(Libc.bind(socket.Descriptor.Number, address, (uint)length), "bind", path);
            FailedCall.ThrowIfNegative(Libc.listen(socket.Descriptor.Number, backlog), "listen", path);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects; null when nobody listens there (no such path, or its listener is gone).</summary>
    public static unsafe SeqPacketSocket? Connect(string path)
    {
        byte* address = stackalloc byte[SocketConstants.UnixAddressSize];
        var length = Sockets.UnixAddress(path, new Span<byte>(address, SocketConstants.UnixAddressSize));
        var socket = new SeqPacketSocket(Sockets.Create(SocketConstants.AF_UNIX, Type));
        if (Libc.connect(socket.Descriptor.Number, address, (uint)length) == 0)
            return socket;
        var errno = FailedCall.LastErrno;
        socket.Dispose();
        return errno is Errno.ENOENT or Errno.ECONNREFUSED ? null : throw new SyscallException("connect", errno, path);
    }

    /// <summary>The next connection; null when there is none now.</summary>
    public unsafe SeqPacketSocket? TryAccept()
    {
        var fd = Libc.accept4(
            Descriptor.Number, null, null, SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC);
        return fd < 0 ? null : new SeqPacketSocket(new FileDescriptor(fd));
    }

    /// <summary>Sends one message whole, or gives back why not: EAGAIN (no room now), EPIPE (nobody there).</summary>
    public unsafe Errno TrySend(ReadOnlySpan<byte> message)
    {
        fixed (byte* start = message)
        {
            while (true)
            {
                var sent = Libc.send(
                    Descriptor.Number, start, (nuint)message.Length, SocketConstants.MSG_NOSIGNAL);
                if (sent >= 0)
                    return Errno.None;
                if (FailedCall.LastErrno is var errno and not Errno.EINTR)
                    return errno;
            }
        }
    }

    /// <summary>
    /// Receives one message. EAGAIN: none now. None with length 0: the other end is closed. EMSGSIZE: it did not fit
    /// the buffer, and is lost.
    /// </summary>
    public unsafe Errno TryReceive(Span<byte> buffer, out int length)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var received = Libc.recv(
                    Descriptor.Number, start, (nuint)buffer.Length, SocketConstants.MSG_TRUNC);
                length = received < 0 ? 0 : (int)received;
                if (length > buffer.Length)
                    return Errno.EMSGSIZE;
                if (received >= 0)
                    return Errno.None;
                if (FailedCall.LastErrno is var errno and not Errno.EINTR)
                    return errno == Errno.ECONNRESET ? Errno.None : errno;
            }
        }
    }

    public void Dispose() => Descriptor.Dispose();
}
