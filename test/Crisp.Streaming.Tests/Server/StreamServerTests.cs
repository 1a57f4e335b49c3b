using Crisp.Errors;
using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.Server;
using Crisp.Streaming.Tests.Fakes;

namespace Crisp.Streaming.Tests.Server;

[CancelAfter(120_000)]
public class StreamServerTests
{
    private const string Spdy = "Upgrade: SPDY/3.1";
    private const string Upgrade = "Connection: Upgrade";
    private const string WebSocket = "Upgrade: websocket";

    [TestCase("GET", 400, "Connection: Upgrade", TestName = "no upgrade")]
    [TestCase("POST", 400, "Connection: Upgrade", Spdy, TestName = "an upgrade without Connection")]
    [TestCase("POST", 400, "at once", Upgrade, "Upgrade: SPDY/3.1, websocket", TestName = "both protocols")]
    [TestCase("POST", 400, "neither", Upgrade, "Upgrade: h2c", TestName = "another protocol")]
    [TestCase("PUT", 405, "GET and POST", Upgrade, Spdy, TestName = "another method")]
    [TestCase("POST", 403, "v9.channel.k8s.io",
        Upgrade, Spdy, "X-Stream-Protocol-Version: v9.channel.k8s.io", TestName = "a SPDY protocol that nobody knows")]
    [TestCase(
        "GET", 403, "v9.channel.k8s.io", Upgrade, WebSocket, "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: v9.channel.k8s.io",
        TestName = "a WebSocket protocol that nobody knows")]
    [TestCase("GET", 426, "13", Upgrade, WebSocket, "Sec-WebSocket-Version: 7", TestName = "an old WebSocket")]
    [TestCase("GET", 400, "Sec-WebSocket-Key", Upgrade,
        WebSocket, "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: short", TestName = "a WebSocket without a key")]
    [TestCase("POST", 405, "GET", Upgrade, WebSocket,
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", TestName = "a WebSocket by POST")]
    public async Task Refusal_HasItsCodeAndASentence(string method, int code, string part, params string[] headers)
    {
        await using var server = new RunningServer();

        var answer = await RunningServer.AskAsync(server.ExecUrl("cat"), method, CancellationToken.None, headers);

        Assert.That(answer, Does.StartWith($"HTTP/1.1 {code} "));
        Assert.That(answer.Split("\r\n\r\n", 2)[1], Does.Contain(part));
    }

    [Test]
    public async Task Url_SecondUseOrGuess_Is404(CancellationToken timeout)
    {
        await using var server = new RunningServer();
        var url = server.ExecUrl("exit 0");
        using (var socket = await RunningServer.ConnectAsync(url, timeout, StreamProtocols.V4))
            Assert.That(socket.SubProtocol, Is.EqualTo(StreamProtocols.V4));

        foreach (var wrong in (Uri[])[url,
            new Uri(url, "AAAAAAAA"), new Uri(url, "/"), new Uri(url, "/attach/" + server.ExecUrl("cat").Segments[^1])])
            Assert.That(await RunningServer.AskAsync(wrong, "POST", timeout, Upgrade, Spdy),
                Does.StartWith("HTTP/1.1 404 "), wrong.ToString());
    }

    [Test]
    public async Task Url_AfterAMinute_Is404(CancellationToken timeout)
    {
        var time = new SteppedTime();
        await using var server = new RunningServer(time: time);
        var url = server.ExecUrl("cat");
        time.Step(TimeSpan.FromSeconds(61));

        Assert.That(await RunningServer.AskAsync(url, "POST", timeout, Upgrade, Spdy),
            Does.StartWith("HTTP/1.1 404 ").And.Contain("too old"));
    }

    [Test]
    public async Task Urls_TooManyUnused_AreRefused()
    {
        var time = new SteppedTime();
        await using var server = new RunningServer(new StreamServerOptions { MostTokens = 2 }, time);
        server.ExecUrl("cat");
        server.ExecUrl("cat");

        Assert.That(
            () => server.ExecUrl("cat"), Throws.InstanceOf<CrispException>()
                .With.Property(nameof(CrispException.Kind)).EqualTo(ErrorKind.ResourceExhausted));
        time.Step(TimeSpan.FromSeconds(61));
        Assert.That(() => server.ExecUrl("cat"), Throws.Nothing);
    }

    [Test]
    public async Task Session_IdleOverAClientThatNeverReads_IsBroken(CancellationToken timeout)
    {
        var soon = TimeSpan.FromMilliseconds(200);
        await using var server = new RunningServer(new StreamServerOptions { IdleTimeout = soon, EndPatience = soon });
        using var client = await RunningServer.ConnectAsync(server.ExecUrl("flood"), timeout, StreamProtocols.V4);

        await server.Targets.Vanished.Task.WaitAsync(timeout);
    }

    [Test]
    public async Task Sessions_BeyondTheBound_Are503(CancellationToken timeout)
    {
        await using var server = new RunningServer(new StreamServerOptions { MostSessions = 1 });
        using var first = await RunningServer.ConnectAsync(server.ExecUrl("hang"), timeout, StreamProtocols.V4);

        Assert.That(await RunningServer.AskAsync(server.ExecUrl("cat"), "POST", timeout, Upgrade, Spdy),
            Does.StartWith("HTTP/1.1 503 "));
    }
}
