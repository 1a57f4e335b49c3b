using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>sd_notify(3): tells systemd about this service's state.</summary>
public static class SystemdNotify
{
    /// <summary>Sends a state such as "READY=1". Does nothing where no one asked (NOTIFY_SOCKET is not set).</summary>
    public static unsafe void Send(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } path)
            return;
        byte* address = stackalloc byte[SocketConstants.UnixAddressSize];
        var length = Sockets.UnixAddress(path, new Span<byte>(address, SocketConstants.UnixAddressSize));
        using var socket = Sockets.Create(SocketConstants.AF_UNIX, SocketConstants.SOCK_DGRAM);
        var message = Encoding.UTF8.GetBytes(state);
        fixed (byte* start = message)
        {
            FailedCall.ThrowIfNegative(
                Libc.sendto(
                    socket.Number, start, (nuint)message.Length, SocketConstants.MSG_NOSIGNAL, address, (uint)length),
                "sendto",
                path);
        }
    }
}
