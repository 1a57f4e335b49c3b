using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Crisp.Grpc.Transport;

/// <summary>
/// Kestrel's transport: accepts on the socket file, looks at each connection's first bytes, and offers it to the
/// endpoint of the protocol that they begin.
/// </summary>
internal sealed partial class SocketAcceptor : IConnectionListenerFactory, IDisposable
{
    /// <summary>A client that connects says something within this time.</summary>
    private static readonly TimeSpan s_patienceForFirstBytes = TimeSpan.FromSeconds(30);

    /// <summary>Out of descriptors: wait for some to be closed instead of spinning.</summary>
    private static readonly TimeSpan s_pauseAfterFailedAccept = TimeSpan.FromMilliseconds(100);

    private readonly ListeningSocket _socket;
    private readonly ILogger<SocketAcceptor> _log;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<HttpProtocols, ProtocolListener> _listeners = new();
    private readonly CancellationTokenSource _stopping = new();

    // No I/O queues of its own, and no hop between threads beyond what Kestrel does itself: it takes each HTTP/2
    // request to the thread pool, so that a handler never runs where its connection is read.
    private readonly SocketConnectionContextFactory _connections;
    private Task _accepting = Task.CompletedTask;

    private SocketAcceptor(ListeningSocket socket, ILogger<SocketAcceptor> log, TimeProvider time)
    {
        _socket = socket;
        _log = log;
        _time = time;
        _connections = new SocketConnectionContextFactory(
            new SocketConnectionFactoryOptions { IOQueueCount = 0, UnsafePreferInlineScheduling = true }, log);
    }

    public static SocketAcceptor Open(string path, ILogger<SocketAcceptor> log, TimeProvider time) =>
        new(ListeningSocket.Open(path), log, time);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new ProtocolListener((ProtocolEndPoint)endpoint);
        _listeners[((ProtocolEndPoint)endpoint).Protocol] = listener;
        return ValueTask.FromResult<IConnectionListener>(listener);
    }

    public void Start() => _accepting = AcceptAsync();

    /// <summary>Takes no more connections, and drops those that have not shown their protocol yet.</summary>
    public Task StopAsync()
    {
        _stopping.Cancel();
        _socket.Dispose();
        return _accepting;
    }

    /// <summary>Only when the last connection is closed: their buffers are here.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _connections.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                _ = SortAsync(_connections.Create(socket));
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException failure)
            {
                LogAcceptFailed(failure.Message);
                await Task.Delay(s_pauseAfterFailedAccept, _time, _stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SortAsync(ConnectionContext connection)
    {
        try
        {
            var protocol = await ReadProtocolAsync(connection).ConfigureAwait(false);
            if (protocol is { } known && _listeners[known].TryOffer(connection))
            {
                return;
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            LogConnectionDropped(failure.Message);
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<HttpProtocols?> ReadProtocolAsync(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(s_patienceForFirstBytes, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stopping.Token);
        var isHttp2 = await Http2Preface.IsNextAsync(connection.Transport.Input, either.Token).ConfigureAwait(false);
        if (isHttp2 is true)
        {
            connection.Transport = AuthorityFilter.Over(connection.Transport);
        }

        return isHttp2 switch
        {
            true => HttpProtocols.Http2,
            false => HttpProtocols.Http1,
            null => null,
        };
    }

    [LoggerMessage(1001, LogLevel.Warning, "accept connection failed: {Reason}")]
    private partial void LogAcceptFailed(string reason);

    [LoggerMessage(1002, LogLevel.Debug, "drop connection before its first request: {Reason}")]
    private partial void LogConnectionDropped(string reason);
}
