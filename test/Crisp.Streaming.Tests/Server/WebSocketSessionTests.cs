using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.Spdy;
using Crisp.Streaming.Tests.Fakes;
using Crisp.Streaming.WebSockets;

namespace Crisp.Streaming.Tests.Server;

/// <summary>Sessions over WebSocket, with .NET's client and our channels.</summary>
[CancelAfter(120_000)]
public class WebSocketSessionTests
{
    private const string Failure =
        """{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: exit code 3","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}""";

    private RunningServer _server = null!; // made before each test

    [SetUp]
    public void Start() => _server = new RunningServer();

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase(StreamProtocols.V5, Failure)]
    [TestCase(StreamProtocols.V4, Failure)]
    [TestCase(StreamProtocols.V4Base64, Failure)]
    [TestCase(StreamProtocols.V1, "command terminated with non-zero exit code: exit code 3")]
    [TestCase(StreamProtocols.V1Base64, "command terminated with non-zero exit code: exit code 3")]
    [TestCase(null, "command terminated with non-zero exit code: exit code 3")]
    public async Task Exec_EachProtocol_StreamsApartAndTheEnd(string? protocol, string end, CancellationToken timeout)
    {
        using ClientWebSocket socket = await RunningServer.ConnectAsync(
            _server.ExecUrl("exit 3"), timeout, protocol is null ? [] : [protocol]);

        Dictionary<int, string> received = await ReceiveAllAsync(socket, protocol, timeout);

        Assert.Multiple(() =>
        {
            Assert.That(socket.SubProtocol, Is.EqualTo(protocol));
            Assert.That((received[1], received[2], received[3]), Is.EqualTo(("out", "err", end)));
            Assert.That(socket.CloseStatus, Is.EqualTo(WebSocketCloseStatus.NormalClosure));
        });
    }

    [Test]
    public async Task Exec_V5CloseSignal_EndsStdin(CancellationToken timeout)
    {
        using ClientWebSocket socket = await RunningServer.ConnectAsync(
            _server.ExecUrl("cat"), timeout, StreamProtocols.V5);
        using var channels = new WebSocketChannels(socket, ChannelEncoding.Binary);
        Task<Dictionary<int, string>> receiving = ReceiveAllAsync(socket, StreamProtocols.V5, timeout);
        byte[] large = new byte[3_000_000];
        Array.Fill(large, (byte)'x');

        await channels.SendAsync(StreamChannels.Stdin, large, timeout);
        await channels.SendCloseSignalAsync(StreamChannels.Stdin, timeout);

        Dictionary<int, string> received = await receiving;
        Assert.That(received[1], Has.Length.EqualTo(large.Length));
        Assert.That(received[3], Does.Contain("Success"));
    }

    [Test]
    public async Task Exec_Sizes_AreTold(CancellationToken timeout)
    {
        using ClientWebSocket socket = await RunningServer.ConnectAsync(
            _server.ExecUrl("sizes", tty: true), timeout, StreamProtocols.V4);
        using var channels = new WebSocketChannels(socket, ChannelEncoding.Binary);
        var seen = new StringBuilder();
        var both = new TaskCompletionSource();
        Task receiving = channels.ReceiveAsync(
            (_, piece) =>
            {
                if (seen.Append(Encoding.ASCII.GetString(piece.Span)).ToString() == "80x24 132x43 ")
                    both.TrySetResult();
                return ValueTask.CompletedTask;
            },
            timeout);

        await channels.SendAsync(StreamChannels.Resize, """{"Width":80,"Height":24}"""u8.ToArray(), timeout);
        await channels.SendAsync(StreamChannels.Resize, "no size"u8.ToArray(), timeout);
        await channels.SendAsync(StreamChannels.Resize, """{"Width":132,"Height":43}"""u8.ToArray(), timeout);

        await both.Task.WaitAsync(timeout);
        await channels.CloseAsync(WebSocketCloseStatus.NormalClosure, "", timeout);
        await receiving.WaitAsync(timeout);
    }

    [Test]
    public async Task Exec_ClientGone_IsNoticed(CancellationToken timeout)
    {
        ClientWebSocket socket = await RunningServer.ConnectAsync(_server.ExecUrl("hang"), timeout, StreamProtocols.V5);

        socket.Abort();

        await _server.Targets.Vanished.Task.WaitAsync(timeout);
    }

    /// <summary>
    /// Before v5 a client says by closing that its input has ended; the command gets all of it first.
    /// </summary>
    [Test]
    public async Task Exec_ClosedAfterItsInput_CommandReadsAllOfIt(CancellationToken timeout)
    {
        using ClientWebSocket socket = await RunningServer.ConnectAsync(
            _server.ExecUrl("keep"), timeout, StreamProtocols.V4);
        using var channels = new WebSocketChannels(socket, ChannelEncoding.Binary);

        await channels.SendAsync(StreamChannels.Stdin, new byte[100_000], timeout);
        await channels.CloseAsync(WebSocketCloseStatus.NormalClosure, "", timeout);

        Assert.That(await _server.Targets.Kept.Task.WaitAsync(timeout), Is.EqualTo(100_000));
        await channels.ReceiveAsync((_, _) => ValueTask.CompletedTask, timeout);
    }

    /// <summary>What it sent stands between the server and the end of its connection.</summary>
    [Test]
    public async Task Exec_ClientGoneWhileItsInputIsNotRead_IsNoticed(CancellationToken timeout)
    {
        using (NetworkStream client =
            await RunningServer.UpgradeByHandAsync(_server.ExecUrl("hang"), StreamProtocols.V4, timeout))
        {
            // RFC 6455, 5.2: one binary message of 1 GB, masked with zeros; its first byte is the channel, stdin.
            await client.WriteAsync(new byte[] { 0x82, 0xFF, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0 }, timeout);
            byte[] zeros = new byte[64 * 1024];
            client.Socket.Blocking = false;
            while (client.Socket.Poll(TimeSpan.FromMilliseconds(300), SelectMode.SelectWrite))
                client.Socket.Send(zeros, SocketFlags.None, out _);
        }

        await _server.Targets.Vanished.Task.WaitAsync(timeout);
    }

    [Test]
    public async Task Exec_Error_IsSaid(CancellationToken timeout)
    {
        using ClientWebSocket socket = await RunningServer.ConnectAsync(
            _server.ExecUrl("fail"), timeout, StreamProtocols.V5);

        Assert.That((await ReceiveAllAsync(socket, StreamProtocols.V5, timeout))[3],
            Does.Contain("the container is not running"));
    }

    [Test]
    public async Task PortForward_Channels_BeginWithThePort(CancellationToken timeout)
    {
        Uri url = _server.Server.UrlFor(new PortForwardRequest { PodId = "p1", Ports = [8080, 1] });
        using ClientWebSocket socket = await RunningServer.ConnectAsync(url, timeout, StreamProtocols.V4);
        using var channels = new WebSocketChannels(socket, ChannelEncoding.Binary);
        Dictionary<int, List<byte>> received = Enumerable.Range(0, 4).ToDictionary(i => i, _ => new List<byte>());
        var echoed = new TaskCompletionSource();
        Task receiving = channels.ReceiveAsync(
            (channel, piece) =>
            {
                received[channel].AddRange(piece.Span);
                if (received[0].Count == 7 && received[3].Count > 2)
                    echoed.TrySetResult();
                return ValueTask.CompletedTask;
            },
            timeout);

        await channels.SendAsync(0, "hello"u8.ToArray(), timeout);
        await echoed.Task.WaitAsync(timeout);
        await channels.CloseAsync(WebSocketCloseStatus.NormalClosure, "", timeout);
        await receiving.WaitAsync(timeout);

        Assert.Multiple(() =>
        {
            Assert.That(received[0], Is.EqualTo((byte[])[0x90, 0x1F, .. "hello"u8]));
            Assert.That(received[2], Is.EqualTo((byte[])[1, 0]));
            Assert.That(Encoding.ASCII.GetString([.. received[3].Skip(2)]), Does.Contain("refused"));
        });
    }

    [TestCase(StreamProtocols.TunnelledPortForward)]
    [TestCase(StreamProtocols.V2PortForward)]
    public async Task PortForward_SpdyInWebSocket_Works(string protocol, CancellationToken timeout)
    {
        Uri url = _server.Server.UrlFor(new PortForwardRequest { PodId = "p1" });
        using WebSocket socket = await RunningServer.ConnectByHandAsync(url, protocol, timeout);
        await using var session = SpdySession.Start(
            new Crisp.Streaming.WebSockets.WebSocketStream(socket), SpdyRole.Client);
        Dictionary<string, string> headers = new()
        {
            [StreamHeaders.Port] = "8080",
            [StreamHeaders.RequestId] = "0",
            [StreamHeaders.StreamType] = StreamHeaders.Error
        };
        SpdyStream error = await session.OpenStreamAsync(headers, timeout);
        SpdyStream data = await session.OpenStreamAsync(
            new Dictionary<string, string>(headers) { [StreamHeaders.StreamType] = StreamHeaders.Data }, timeout);

        await data.WriteAsync("hello"u8.ToArray(), timeout);
        await data.CloseWriteAsync(timeout);

        Assert.That((await TextAsync(data, timeout), await TextAsync(error, timeout)), Is.EqualTo(("hello", "")));
    }

    private static async Task<string> TextAsync(Stream stream, CancellationToken timeout)
    {
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(timeout);
    }

    private static async Task<Dictionary<int, string>> ReceiveAllAsync(
        ClientWebSocket socket, string? protocol, CancellationToken timeout)
    {
        bool isText = protocol is StreamProtocols.V4Base64 or StreamProtocols.V1Base64;
        using var channels = new WebSocketChannels(socket, isText ? ChannelEncoding.Base64 : ChannelEncoding.Binary);
        Dictionary<int, StringBuilder> received = Enumerable.Range(1, 3).ToDictionary(i => i, _ => new StringBuilder());
        await channels.ReceiveAsync(
            (channel, piece) =>
            {
                received[channel].Append(Encoding.ASCII.GetString(piece.Span));
                return ValueTask.CompletedTask;
            },
            timeout);
        await channels.CloseAsync(WebSocketCloseStatus.NormalClosure, "", timeout);
        return received.ToDictionary(entry => entry.Key, entry => entry.Value.ToString());
    }
}
