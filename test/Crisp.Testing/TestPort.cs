using System.Net;
using System.Net.Sockets;

namespace Crisp.Testing;

/// <summary>
/// Ports for servers that tests start later: below those that the kernel gives to connections and to whoever asks for
/// any, so that nobody gets them in between.
/// </summary>
public static class TestPort
{
    private const int First = 20_000;
    private const int Count = 10_000;
    private static int _next = Environment.ProcessId;

    /// <summary>A port on which nobody listens, another one with each call.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, port));
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // The next one, then.
            }
        }
    }
}
