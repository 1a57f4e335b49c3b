using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor;

/// <summary>
/// The connections to the daemon: the one this process was started with, and those of later daemons. One that does
/// not take its messages, or sends what is none, is closed; it can connect again and hears the state anew.
/// </summary>
/// <param name="epoll">The loop that waits for messages.</param>
/// <param name="closed">Called with the token of a connection that has ended, whoever ended it.</param>
internal sealed class DaemonConnections(Epoll epoll, Action<ulong> closed) : IDisposable
{
    private const ulong FirstToken = 16;

    private readonly List<SeqPacketSocket?> _sockets = [];
    private SeqPacketSocket? _listener;
    private string? _path;

    /// <summary>Is anybody connected?</summary>
    internal bool Any
    {
        get
        {
            foreach (var socket in _sockets)
            {
                if (socket is not null)
                    return true;
            }

            return false;
        }
    }

    internal void Listen(string path, ulong token)
    {
        Files.Remove(path); // of a monitor that was killed
        _listener = SeqPacketSocket.Listen(path);
        _path = path;
        epoll.Add(_listener.Descriptor, EpollEvents.Readable, token);
    }

    /// <summary>Takes the next connection and greets it; null when there is none.</summary>
    internal ulong? Accept() => _listener?.TryAccept() is { } socket ? Add(socket) : null;

    internal ulong Add(SeqPacketSocket socket)
    {
        var free = _sockets.IndexOf(null);
        if (free < 0)
        {
            free = _sockets.Count;
            _sockets.Add(null);
        }

        _sockets[free] = socket;
        var token = FirstToken + (ulong)free;
        epoll.Add(socket.Descriptor, EpollEvents.Readable, token);
        Send(token, new Hello(MonitorCodec.Version));
        return token;
    }

    internal void Send(ulong token, MonitorMessage message, ReadOnlySpan<FileDescriptor> descriptors = default)
    {
        if (Socket(token) is { } socket && MonitorCodec.Send(socket, message, descriptors) != Errno.None)
            Close(token);
    }

    internal void Broadcast(MonitorMessage message)
    {
        for (var i = 0; i < _sockets.Count; i++)
            Send(FirstToken + (ulong)i, message);
    }

    /// <summary>The next message of a connection; null when there is none now, or the connection is closed.</summary>
    internal MonitorMessage? Receive(ulong token, Span<byte> buffer)
    {
        if (Socket(token) is not { } socket)
            return null;
        var errno = socket.TryReceive(buffer, out var length);
        if (errno == Errno.EAGAIN)
            return null;
        if (errno == Errno.None && length > 0 && TryDecode(buffer[..length]) is { } message)
            return message;
        Close(token);
        return null;
    }

    /// <summary>Stops listening and takes the socket's name away; connections stay.</summary>
    internal void StopListening()
    {
        if (_path is not null)
            Files.Remove(_path);
        _listener?.Dispose();
        (_listener, _path) = (null, null);
    }

    public void Dispose()
    {
        StopListening();
        foreach (var socket in _sockets)
            socket?.Dispose();
    }

    private SeqPacketSocket? Socket(ulong token)
    {
        var index = (int)(token - FirstToken);
        return index < _sockets.Count ? _sockets[index] : null;
    }

    private void Close(ulong token)
    {
        if (Socket(token) is not { } socket)
            return;
        epoll.Remove(socket.Descriptor);
        socket.Dispose();
        _sockets[(int)(token - FirstToken)] = null;
        closed(token);
    }

    private static MonitorMessage? TryDecode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return MonitorCodec.Decode(bytes);
        }
        catch (MonitorProtocolException)
        {
            return null;
        }
    }
}
