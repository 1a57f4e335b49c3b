using Crisp.Grpc.Transport;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Crisp.Grpc.Server;

/// <summary>
/// A gRPC server on a unix socket. Services are mapped first, by their generated code:
/// <c>server.Map(binder => RuntimeService.BindService(binder, implementation))</c>.
/// </summary>
public sealed class GrpcServer : IAsyncDisposable
{
    private readonly GrpcServerOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly CallsInFlight _abandoned = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private readonly MethodTable _methods;
    private KestrelHost? _host;

    public GrpcServer(GrpcServerOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        _options = options;
        _loggers = loggers;
        _time = time;
        _methods = new MethodTable(new ServerEnvironment(options, time, _abandoned, _stopping.Token));
    }

    public void Map(Action<ServiceBinderBase> bindService) => bindService(_methods);

    /// <summary>Returns when clients can connect. Fails if somebody answers on the socket already.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _host = await KestrelHost.StartAsync(
            _options.SocketPath, new GrpcApplication(_methods, _options), _loggers, _time, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Takes the socket file away, ends streams with Unavailable, lets running calls finish within the given time, and
    /// then aborts what is left.
    /// </summary>
    public async Task StopAsync(TimeSpan drain)
    {
        if (Interlocked.Exchange(ref _host, null) is not { } host)
        {
            return;
        }

        using var patience = new CancellationTokenSource(drain, _time);
        await host.StopAcceptingAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await host.StopAsync(patience.Token).ConfigureAwait(false);
        await _abandoned.WhenIdleAsync().WaitAsync(patience.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops at once if that was not done yet.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        _stopping.Dispose();
    }
}
