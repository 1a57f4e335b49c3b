using System.Buffers.Binary;
using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// Interfaces of the calling thread's network namespace; use it inside <see cref="NamespaceThread"/>.
/// </summary>
public static class NetworkInterfaces
{
    /// <summary>Sets an interface up, as `ip link set NAME up` does. Up already is fine.</summary>
    public static unsafe void BringUp(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) >= InterfaceRequestLayout.NameSize)
            throw new SyscallException("ioctl(SIOCSIFFLAGS)", Errno.ENODEV, name);
        byte* request = stackalloc byte[InterfaceRequestLayout.Size];
        var bytes = new Span<byte>(request, InterfaceRequestLayout.Size);
        bytes.Clear();
        Encoding.UTF8.GetBytes(name, bytes);

        using var socket = Sockets.Create(SocketConstants.AF_INET, SocketConstants.SOCK_DGRAM);
        FailedCall.ThrowIfNegative(
            Libc.ioctl(socket.Number, InterfaceRequestLayout.SIOCGIFFLAGS, request), "ioctl(SIOCGIFFLAGS)", name);
        var flags = bytes[InterfaceRequestLayout.Flags..];
        var current = BinaryPrimitives.ReadInt16LittleEndian(flags);
        BinaryPrimitives.WriteInt16LittleEndian(flags, (short)(current | InterfaceRequestLayout.IFF_UP));
        FailedCall.ThrowIfNegative(
            Libc.ioctl(socket.Number, InterfaceRequestLayout.SIOCSIFFLAGS, request), "ioctl(SIOCSIFFLAGS)", name);
    }
}
