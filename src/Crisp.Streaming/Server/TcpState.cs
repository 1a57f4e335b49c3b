using System.Net.Sockets;

namespace Crisp.Streaming.Server;

/// <summary>What the kernel knows of a TCP connection before anybody reads to its end.</summary>
internal static class TcpState
{
    // linux/tcp.h: struct tcp_info begins with the state, one byte; net/tcp_states.h has the numbers.
    private const int TcpInfo = 11;
    private const byte Established = 1;

    /// <summary>
    /// The peer has closed or is lost. Both protocols here are over then: neither knows a connection that is closed for
    /// one direction only.
    /// </summary>
    public static bool IsOver(Socket socket)
    {
        Span<byte> state = stackalloc byte[1];
        try
        {
            socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, TcpInfo, state);
            return state[0] != Established;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }
}
