using System.Net.Sockets;
using Crisp.Streaming;

namespace Crisp.Cri;

/// <summary>A TCP connection into a pod.</summary>
internal sealed class PodConnection(Socket socket) : IForwardedConnection
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    public Stream Stream => _stream;

    public void CloseWrite()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side has closed altogether.
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
