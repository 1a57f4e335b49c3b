using System.Net;
using System.Net.Sockets;
using System.Text;
using Crisp.Streaming.Spdy;

namespace Crisp.Ctl.Tests.Fakes;

/// <summary>A streaming server for one session, which does as a test says.</summary>
internal sealed class FakeStreams : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    private FakeStreams(Func<NetworkStream, FakeStreams, Task> serve)
    {
        _listener.Start();
        _serving = ServeAsync(serve);
    }

    internal string Url => $"http://{_listener.LocalEndpoint}/exec/token";

    /// <summary>Of the streams, in the order in which they were opened.</summary>
    internal List<string> Types { get; } = [];

    internal static FakeStreams Start(Func<FakeSession, Task> run) => new(async (connection, streams) =>
    {
        await connection.WriteAsync(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\n"u8.ToArray());
        var session = SpdySession.Start(connection, SpdyRole.Server);
        Dictionary<string, SpdyStream> opened = [];
        // The last one is stderr, or resize where there is a terminal.
        while (!opened.ContainsKey("stderr") && !opened.ContainsKey("resize"))
        {
            var stream = await session.Accepted.ReadAsync();
            await stream.ReplyAsync(CancellationToken.None);
            streams.Types.Add(stream.Headers["streamtype"]);
            opened[streams.Types[^1]] = stream;
        }

        await run(new FakeSession(session, opened));
        await session.Completion;
    });

    internal static FakeStreams Refuse(string status, string body) => new(async (connection, _) =>
        await connection.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n\r\n{body}")));

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync(Func<NetworkStream, FakeStreams, Task> serve)
    {
        var socket = await _listener.AcceptSocketAsync();
        await using var connection = new NetworkStream(socket, ownsSocket: true);
        var head = new StringBuilder();
        var next = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await connection.ReadAsync(next) == 1)
            head.Append((char)next[0]);
        await serve(connection, this);
    }
}
