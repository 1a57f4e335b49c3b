using System.Net.Sockets;
using System.Text;

namespace Crisp.Testing;

/// <summary>The receiving end of sd_notify(3): how systemd, and a test, learns that a daemon is ready.</summary>
public sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public NotifySocket(string path)
    {
        File.Delete(path);
        Path = path;
        _socket.Bind(new UnixDomainSocketEndPoint(path));
    }

    public string Path { get; }

    /// <summary>Returns when a message holds the line, such as READY=1.</summary>
    public async Task WaitForAsync(string line, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var length = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            if (Encoding.UTF8.GetString(buffer, 0, length).Split('\n').Contains(line))
                return;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(Path);
    }
}
