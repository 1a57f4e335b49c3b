using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crisp.Streaming.Server;

/// <summary>
/// The streaming server: gives out URLs and serves each once. Its port is taken when it is opened; HTTP begins with the
/// first client.
/// </summary>
public sealed partial class StreamServer : IStreamUrls, IAsyncDisposable
{
    private readonly StreamServerOptions _options;
    private readonly StreamListener _listener;
    private readonly StreamApplication _application;
    private readonly TlsConnections? _tls;
    private readonly Tokens _tokens;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;
    private KestrelServer? _kestrel;

    private StreamServer(
        StreamServerOptions options,
        StreamListener listener, TlsConnections? tls, IStreamTargets targets, ILoggerFactory loggers, TimeProvider time)
    {
        (_options, _listener, _tls, _loggers) = (options, listener, tls, loggers);
        _log = loggers.CreateLogger<StreamServer>();
        _tokens = new Tokens(options, time);
        _application = new StreamApplication(options, _tokens, targets, _log, time, _stopping.Token);
        _serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.EndPoint;

    /// <exception cref="System.Net.Sockets.SocketException">The address is not ours, or the port is taken.</exception>
    /// <exception cref="IOException">A file of the certificate cannot be read.</exception>
    public static StreamServer Open(
        StreamServerOptions options, IStreamTargets targets, ILoggerFactory loggers, TimeProvider time)
    {
        ILogger log = loggers.CreateLogger<StreamServer>();
        TlsConnections? tls = options.Tls is { } files ? new TlsConnections(options, files, time, log) : null;
        tls?.Load();
        return new StreamServer(options,
            StreamListener.Open(new IPEndPoint(options.Address, options.Port), log, time), tls, targets, loggers, time);
    }

    public Uri UrlFor(StreamRequest request)
    {
        // A client on this node reaches "any address" by the loopback one.
        var host = EndPoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : EndPoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : EndPoint.Address;
        return new Uri(
            $"{(_tls is null ? "http" : "https")}://{new IPEndPoint(host, EndPoint.Port)}/{request.Verb}/{_tokens.Add(request)}");
    }

    /// <summary>Takes no more clients and ends the sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_kestrel is { } kestrel)
        {
            using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await kestrel.StopAsync(atOnce.Token).ConfigureAwait(false);
            kestrel.Dispose();
        }

        await _listener.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            await _listener.FirstClientAsync(_stopping.Token).ConfigureAwait(false);
            _kestrel = new KestrelServer(Options.Create(KestrelOptions()), _listener, _loggers);
            await _kestrel.StartAsync(_application, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // No client ever came.
        }
        catch (Exception e)
        {
            LogNotServing(e);
        }
    }

    private KestrelServerOptions KestrelOptions()
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.MaxConcurrentConnections = 2 * _options.MostSessions;
        options.Listen(EndPoint, endPoint =>
        {
            endPoint.Protocols = HttpProtocols.Http1;
            if (_tls is { } tls)
                endPoint.Use(tls.Over);
        });
        return options;
    }

    [LoggerMessage(
        7000, LogLevel.Error, "the streaming server cannot serve: exec, attach and port-forward do not work")]
    private partial void LogNotServing(Exception error);
}
