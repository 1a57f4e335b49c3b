using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Crisp.Streaming.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crisp.Streaming.Tests.Fakes;

/// <summary>A streaming server on a port of its own, and clients that are not ours.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly StreamServer _server;

    public RunningServer(StreamServerOptions? options = null, TimeProvider? time = null) =>
        _server = StreamServer.Open(
            options ?? new StreamServerOptions(), Targets, NullLoggerFactory.Instance, time ?? TimeProvider.System);

    public EchoTargets Targets { get; } = new();

    public StreamServer Server => _server;

    public Uri ExecUrl(string command, bool tty = false, bool stdin = true) => _server.UrlFor(new ExecRequest
    {
        ContainerId = "c1",
        Command = command.Split(' '),
        Stdin = stdin,
        Stdout = true,
        Stderr = !tty,
        Tty = tty,
    });

    /// <summary>.NET's own client.</summary>
    public static async Task<ClientWebSocket> ConnectAsync(
        Uri url, CancellationToken timeout, params string[] protocols)
    {
        var socket = new ClientWebSocket();
        foreach (string protocol in protocols)
            socket.Options.AddSubProtocol(protocol);
        await socket.ConnectAsync(new UriBuilder(url) { Scheme = url.Scheme == "https" ? "wss" : "ws" }.Uri, timeout);
        return socket;
    }

    /// <summary>As Go's client does it, which does not mind a protocol's name that is no HTTP token.</summary>
    public static async Task<WebSocket> ConnectByHandAsync(Uri url, string protocol, CancellationToken timeout) =>
        WebSocket.CreateFromStream(
            await UpgradeByHandAsync(url, protocol, timeout), new WebSocketCreationOptions { IsServer = false });

    /// <summary>The same, for who writes frames by himself.</summary>
    public static async Task<NetworkStream> UpgradeByHandAsync(Uri url, string protocol, CancellationToken timeout)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Parse(url.Host), url.Port, timeout);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: {protocol}\r\n\r\n"),
                timeout);
        var answer = new StringBuilder();
        byte[] one = new byte[1];
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, timeout);
            answer.Append((char)one[0]);
        }

        // RFC 6455, 1.3, gives the answer to its sample key.
        Assert.That(answer.ToString(),
            Does.StartWith("HTTP/1.1 101 ").And.Contain(protocol).And.Contain("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        return stream;
    }

    /// <summary>Sends a request as it is written and gives the whole answer; for requests that are refused.</summary>
    public static async Task<string> AskAsync(
        Uri url, string method, CancellationToken timeout, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Parse(url.Host), url.Port, timeout);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"{method} {url.PathAndQuery} HTTP/1.1\r\nHost: x\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n"), timeout);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(timeout);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
