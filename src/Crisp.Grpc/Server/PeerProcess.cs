using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>
/// Who is at the other end of a connection: unix:pid:N by what the kernel noted at connect (SO_PEERCRED, unix(7)), the
/// connection itself where it cannot say, as for a client in a PID namespace that does not exist here.
/// </summary>
internal static class PeerProcess
{
    /// <summary>SOL_SOCKET and SO_PEERCRED, the same on x86-64 and arm64; the answer is pid, uid and gid.</summary>
    private const int SolSocket = 1;

    private const int SoPeerCred = 17;
    private const int UcredBytes = 12;

    public static string Of(HttpContext? http) => http switch
    {
        null => "unix:",
        _ when Pid(http) is > 0 and var pid => $"unix:pid:{pid}",
        _ => $"unix:connection:{http.Connection.Id}",
    };

    private static int Pid(HttpContext http)
    {
        if (http.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
        {
            return 0;
        }

        Span<byte> credentials = stackalloc byte[UcredBytes];
        try
        {
            socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
            return BinaryPrimitives.ReadInt32LittleEndian(credentials);
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
