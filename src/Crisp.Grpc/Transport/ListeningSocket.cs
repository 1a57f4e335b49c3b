using System.Net.Sockets;
using Crisp.Linux;

namespace Crisp.Grpc.Transport;

/// <summary>
/// The socket file. It appears under its name, by rename, only when it has its mode and takes connections, and that
/// also replaces a stale one; so there is no instant at which a client is let in too early or refused.
/// </summary>
internal sealed class ListeningSocket : IDisposable
{
    /// <summary>Connections that wait to be accepted; the kernel bounds it too (somaxconn).</summary>
    private const int Backlog = 512;

    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly string _path;
    private readonly Socket _socket;
    private bool _isClosed;

    private ListeningSocket(string path, Socket socket)
    {
        _path = path;
        _socket = socket;
    }

    public static ListeningSocket Open(string path)
    {
        RefuseTakenPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        var temporary = path + "~";
        File.Delete(temporary);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(temporary));
            File.SetUnixFileMode(temporary, OwnerAndGroup);
            socket.Listen(Backlog);
            File.Move(temporary, path, overwrite: true);
            return new ListeningSocket(path, socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask<Socket> AcceptAsync(CancellationToken cancellationToken) => _socket.AcceptAsync(cancellationToken);

    /// <summary>The file goes first: a successor that finds none makes its own, which is then left alone.</summary>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        File.Delete(_path);
        _socket.Dispose();
    }

    /// <summary>Only a socket on which nobody answers may be replaced.</summary>
    private static void RefuseTakenPath(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        if (FileStatus.Of(path) is not { IsSocket: true })
        {
            throw new IOException($"{path} exists and is no socket: remove it, or listen elsewhere");
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            return;
        }

        throw new IOException($"another server answers on {path}: stop it first, or listen elsewhere");
    }
}
