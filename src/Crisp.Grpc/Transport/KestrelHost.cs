using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crisp.Grpc.Transport;

/// <summary>
/// Kestrel by itself: no host, no configuration, no services, no routing; it brings HTTP/1.1 and HTTP/2, and gets its
/// connections from a <see cref="SocketAcceptor"/>.
/// </summary>
internal sealed class KestrelHost
{
    /// <summary>Exec probes hold a stream each for as long as they run; other runtimes set no bound at all.</summary>
    private const int MaxStreamsPerConnection = 4096;

    /// <summary>
    /// For ever, as clients see it. Kestrel's own "infinite" is a moment long: it overflows where the time is added,
    /// and an idle connection was closed by the next tick of Kestrel's clock, at times under a request that was on its
    /// way.
    /// </summary>
    private static readonly TimeSpan s_longestIdleTime = TimeSpan.FromDays(3650);

    private readonly KestrelServer _kestrel;
    private readonly SocketAcceptor _acceptor;

    private KestrelHost(KestrelServer kestrel, SocketAcceptor acceptor)
    {
        _kestrel = kestrel;
        _acceptor = acceptor;
    }

    public static async Task<KestrelHost> StartAsync(
        string socketPath,
        IHttpApplication<DefaultHttpContext> application,
        ILoggerFactory loggers,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var acceptor = SocketAcceptor.Open(socketPath, loggers.CreateLogger<SocketAcceptor>(), time);
        var kestrel = new KestrelServer(Options.Create(OptionsFor(socketPath)), acceptor, loggers);
        var host = new KestrelHost(kestrel, acceptor);
        try
        {
            await kestrel.StartAsync(application, cancellationToken).ConfigureAwait(false);
            acceptor.Start();
            return host;
        }
        catch
        {
            await host.StopAcceptingAsync().ConfigureAwait(false);
            kestrel.Dispose();
            acceptor.Dispose();
            throw;
        }
    }

    public Task StopAcceptingAsync() => _acceptor.StopAsync();

    /// <summary>Waits for running requests until the token is cancelled, then closes their connections.</summary>
    public async Task StopAsync(CancellationToken patience)
    {
        await _kestrel.StopAsync(patience).ConfigureAwait(false);
        _kestrel.Dispose();
        _acceptor.Dispose();
    }

    private static KestrelServerOptions OptionsFor(string socketPath)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        var limits = options.Limits;

        // Sizes are bounded message by message. Kubelet keeps one connection for ever and may be idle on it.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.KeepAliveTimeout = s_longestIdleTime;
        limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
        foreach (var protocol in (HttpProtocols[])[HttpProtocols.Http1, HttpProtocols.Http2])
        {
            options.Listen(new ProtocolEndPoint(socketPath, protocol), endPoint => endPoint.Protocols = protocol);
        }

        return options;
    }
}
