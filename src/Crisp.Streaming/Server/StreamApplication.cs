using System.Net.Sockets;
using System.Net.WebSockets;
using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.Sessions;
using Crisp.Streaming.Spdy;
using Crisp.Streaming.WebSockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Crisp.Streaming.Server;

/// <summary>From a request to a session: method, token, protocols, upgrade. What is refused gets a sentence.</summary>
internal sealed partial class StreamApplication(
    StreamServerOptions options, Tokens tokens, IStreamTargets targets, ILogger log, TimeProvider time,
    CancellationToken stopping)
    : IHttpApplication<DefaultHttpContext>
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(10);

    private int _sessions;

    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures) => new(contextFeatures);

    public void DisposeContext(DefaultHttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(DefaultHttpContext context)
    {
        try
        {
            await ServeAsync(context).ConfigureAwait(false);
        }
        catch (RefusedException e)
        {
            LogRefused(e.Status, e.Message);
            context.Response.StatusCode = e.Status;
            context.Response.Headers.Remove("Upgrade");
            context.Response.Headers.Connection = "close";
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(e.Message + "\n").ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(DefaultHttpContext context)
    {
        if (context.Request.Method is not ("GET" or "POST"))
        {
            context.Response.Headers.Allow = "GET, POST";
            throw new RefusedException(405, $"{context.Request.Method} is not answered here: GET and POST are");
        }

        StreamRequest request = Find(context.Request.Path.Value ?? "");
        Upgrade upgrade = Upgrade.Negotiate(context, request is PortForwardRequest);
        if (request is PortForwardRequest { Ports.Count: 0 } && upgrade is { IsWebSocket: true } && !IsTunnel(upgrade))
            throw new RefusedException(400, "no ports were asked for, and this protocol cannot name any");
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } feature)
            throw new RefusedException(400, "the request cannot be upgraded: it needs HTTP/1.1 and no body");
        if (Interlocked.Increment(ref _sessions) > options.MostSessions)
        {
            Interlocked.Decrement(ref _sessions);
            throw new RefusedException(503, $"{options.MostSessions} sessions are open, which is the most");
        }

        try
        {
            await RunAsync(context, request, upgrade, feature).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _sessions);
        }
    }

    private StreamRequest Find(string path)
    {
        string[] parts = path.Split('/');
        if (parts is not ["", "exec" or "attach" or "portforward", { Length: > 0 } token])
            throw new RefusedException(
                404, "nothing is here: streaming URLs are made by the RPCs Exec, Attach and PortForward");
        return tokens.Take(token) is { } request && request.Verb == parts[1]
            ? request
            : throw new RefusedException(404, "the URL is unknown, was used before or is too old: ask for a new one");
    }

    private async Task RunAsync(
        DefaultHttpContext context, StreamRequest request, Upgrade upgrade, IHttpUpgradeFeature feature)
    {
        long start = time.GetTimestamp();
        Stream transport = await feature.UpgradeAsync().ConfigureAwait(false);
        string end = "the client went away";
        Socket? socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;
        await using var connection = new ClientConnection(
            transport, () => socket is not null && TcpState.IsOver(socket), options.IdleTimeout, time, stopping);
        using var overdue = new CancellationTokenSource();
        // frees a write to a client that does not read
        await using var abort = overdue.Token.Register(context.Abort).ConfigureAwait(false);
        await using var last = connection.Ending.Register(
            () => overdue.CancelAfter(options.EndPatience)).ConfigureAwait(false);
        try
        {
            end = await SessionAsync(request, upgrade, connection).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or WebSocketException)
        {
            end = e.Message;
        }
        finally
        {
            if (!connection.IsOver)
                context.Abort(); // nobody is there, or reads
            if (connection.WentUnread)
                end = "the client went away";
            LogSession(request.Verb, upgrade.IsWebSocket ? "websocket" : "spdy",
                Subject(request), end, (long)time.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    private async Task<string> SessionAsync(StreamRequest request, Upgrade upgrade, ClientConnection connection)
    {
        if (!upgrade.IsWebSocket)
            return await SpdyAsync(request, upgrade, connection, connection).ConfigureAwait(false);
        // The protocol is agreed already. .NET would refuse "SPDY/3.1+portforward.k8s.io", which is no HTTP token.
        using WebSocket socket = WebSocket.CreateFromStream(connection, new WebSocketCreationOptions
        {
            IsServer = true,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
        });
        if (IsTunnel(upgrade))
        {
            await using var tunnel = new WebSocketStream(socket);
            return await SpdyAsync(request, upgrade, connection, tunnel).ConfigureAwait(false);
        }

        if (request is CommandRequest command)
        {
            await using var commandConnection = new WebSocketCommandConnection(socket, upgrade.Protocol, command);
            string end = await CommandSession.RunAsync(
                command, commandConnection, targets, options.StreamCreationTimeout, connection.Ending).ConfigureAwait(
                    false);
            connection.IsOver |= socket.State == WebSocketState.Closed;
            return end;
        }

        using var channels = new WebSocketChannels(
            socket,
            WebSocketCommandConnection.IsBase64(upgrade.Protocol) ? ChannelEncoding.Base64 : ChannelEncoding.Binary);
        using var patience = new CancellationTokenSource();
        await using var registration = connection.Ending.Register(() => patience.CancelAfter(s_farewell));
        await new WebSocketPortForward(channels, (PortForwardRequest)request, targets).RunAsync(
            connection.Ending, patience.Token).ConfigureAwait(false);
        connection.IsOver |= socket.State == WebSocketState.Closed;
        return "closed";
    }

    private async Task<string> SpdyAsync(
        StreamRequest request, Upgrade upgrade, ClientConnection connection, Stream transport)
    {
        await using var session = SpdySession.Start(transport, SpdyRole.Server);
        if (request is CommandRequest command)
        {
            await using var commandConnection = new SpdyCommandConnection(session, upgrade.Protocol, command);
            return await CommandSession.RunAsync(
                command, commandConnection, targets, options.StreamCreationTimeout, connection.Ending).ConfigureAwait(
                    false);
        }

        await new SpdyPortForward(session, (PortForwardRequest)request, targets, options.StreamCreationTimeout)
            .RunAsync(connection.Ending).ConfigureAwait(false);
        return session.Failure?.Message ?? "closed";
    }

    private static bool IsTunnel(Upgrade upgrade) =>
        upgrade.Protocol is StreamProtocols.TunnelledPortForward or StreamProtocols.V2PortForward;

    private static string Subject(StreamRequest request) => request switch
    {
        CommandRequest command => $"container {command.ContainerId}",
        PortForwardRequest forward => $"pod {forward.PodId}",
        _ => "",
    };

    [LoggerMessage(
        7001, LogLevel.Information, "streaming session {Verb} over {Protocol} on {Subject}: {End}, {Milliseconds} ms")]
    private partial void LogSession(string verb, string protocol, string subject, string end, long milliseconds);

    [LoggerMessage(7002, LogLevel.Debug, "refused a streaming client with {Status}: {Reason}")]
    private partial void LogRefused(int status, string reason);
}
