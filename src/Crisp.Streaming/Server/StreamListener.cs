using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Crisp.Streaming.Server;

/// <summary>
/// The server's socket. It listens from the start, so that its port is known and taken; what serves it is begun when
/// the first client connects, since most nodes never see one and HTTP costs memory and a thread.
/// </summary>
internal sealed class StreamListener : IConnectionListenerFactory, IConnectionListener
{
    private const int Backlog = 128;

    private readonly Socket _socket;
    private readonly PatientAccept _accept;
    private readonly SocketConnectionContextFactory _connections;
    private Socket? _first;

    private StreamListener(Socket socket, Microsoft.Extensions.Logging.ILogger log, TimeProvider time)
    {
        _socket = socket;
        _accept = new PatientAccept(socket.AcceptAsync, log, time);
        _connections = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions { IOQueueCount = 0 }, log);
    }

    public EndPoint EndPoint => _socket.LocalEndPoint!; // it is bound

    /// <exception cref="SocketException">The address is not ours, or the port is taken.</exception>
    public static StreamListener Open(IPEndPoint endPoint, Microsoft.Extensions.Logging.ILogger log, TimeProvider time)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // a restart takes the same port
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return new StreamListener(socket, log, time);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the first client, who is served once this is bound.</summary>
    public async Task FirstClientAsync(CancellationToken cancellation) =>
        _first = await _accept.NextAsync(cancellation).ConfigureAwait(false);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var client = Interlocked.Exchange(ref _first, null)
                ?? await _accept.NextAsync(cancellationToken).ConfigureAwait(false);
            return _connections.Create(client);
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException
            || (e is SocketException { SocketErrorCode: SocketError.OperationAborted }))
        {
            return null;
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Only when the last connection is closed: their buffers are here.</summary>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _first?.Dispose();
        _connections.Dispose();
        return ValueTask.CompletedTask;
    }
}
