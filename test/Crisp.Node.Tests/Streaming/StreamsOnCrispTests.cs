using System.Security.Cryptography;
using Crisp.Testing.Spdy;
using Grpc.Core;

namespace Crisp.Node.Tests.Streaming;

/// <summary>
/// exec, attach and port-forward of crisp: the cases that hold for every runtime, and what crisp promises beyond.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
[CancelAfter(180_000)]
public class StreamsOnCrispTests(string runtime) : NodeFixture(runtime)
{
    protected override Task PrepareAsync() => JavaScriptClient.InstallAsync();

    [TestCaseSource(typeof(StreamCase), nameof(StreamCase.All))]
    public async Task Crisp(StreamCase streams, CancellationToken cancellationToken) =>
        await streams.RunAsync(await TargetAsync(), cancellationToken);

    /// <summary>kubectl cp, in both directions at once: 500 MB each way through one session.</summary>
    [Test]
    [CancelAfter(480_000)]
    public async Task Exec_500MegabytesEachWayAtOnce_LoseNothing(CancellationToken cancellationToken)
    {
        const long Bytes = 500_000_000;
        StreamTarget target = await TargetAsync();
        await using RemoteCommandSession exec = await target.ExecAsync(
            await target.RunSleeperAsync(), stdin: true, tty: false, cancellationToken, "cat");

        Task<string> sent = SendAsync(exec.Stdin, Bytes, cancellationToken);
        string received = await HashAsync(exec.Stdout, Bytes, cancellationToken);

        Assert.That(received, Is.EqualTo(await sent));
        Assert.That((await exec.ResultAsync(cancellationToken)).ExitCode, Is.Zero);
    }

    [Test]
    public async Task PortForward_PodsOwnNetwork_IPv4AndIPv6(CancellationToken cancellationToken)
    {
        Pod pod = await RunPodAsync();
        await RunAsync(pod, Container(pod, "httpd", "-f", "-p", "127.0.0.1:8081"));
        await RunAsync(pod, ContainerRequest.Named(pod.Config, "six", Busybox, "httpd", "-f", "-p", "[::1]:8082"));
        StreamTarget target = new(Node.SocketPath, Cri, pod.Id, pod.Config, Busybox);

        await using PortForwardSession forward = await target.ForwardAsync(cancellationToken, 8081, 8082);
        foreach (int port in new[] { 8081, 8082 })
        {
            await Eventually.GetAsync(
                $"an answer on port {port}", () => AskAsync(forward, port, cancellationToken),
                text => text.StartsWith("HTTP/1.", StringComparison.Ordinal));
        }

        Assert.That(await AskAsync(forward, 8083, cancellationToken), Does.Contain("refused"));
    }

    [TestCase(0)]
    [TestCase(70000)]
    [TestCase(-1)]
    public async Task PortForward_PortThatIsNone_IsRefused(int port)
    {
        Pod pod = await RunPlainPodAsync();
        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => Cri.Runtime.PortForwardAsync(
                new PortForwardRequest { PodSandboxId = pod.Id, Port = { port } }, CriCalls.Options()).ResponseAsync,
                "port", $"{port}");
    }

    [Test]
    public async Task Session_PortThatIsNone_IsSaidOnTheErrorStream(CancellationToken cancellationToken)
    {
        StreamTarget target = await TargetAsync();
        await using PortForwardSession forward = await target.ForwardAsync(cancellationToken);

        (SpdyStream error, _) = await forward.ConnectAsync(70000, cancellationToken);

        Assert.That(await error.ReadTextAsync(cancellationToken), Does.Contain("70000").And.Contain("65535"));
    }

    [Test]
    public async Task Calls_OnWhatIsNotThereOrDoesNotRun_AreRefused()
    {
        Pod pod = await RunPlainPodAsync();
        string exited = await RunAsync(pod, "true");
        await Cri.ExitedAsync(exited);
        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => Cri.Runtime.AttachAsync(
                new AttachRequest { ContainerId = exited, Stdout = true }, CriCalls.Options()).ResponseAsync,
                exited, "not running");
        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => Cri.Runtime.ExecAsync(
                new ExecRequest { ContainerId = exited, Stdout = true, Cmd = { "true" } }, CriCalls.Options())
                    .ResponseAsync, exited, "not running");
        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => Cri.Runtime.ExecAsync(
                new ExecRequest { ContainerId = exited, Stdout = true }, CriCalls.Options()).ResponseAsync, "cmd");
        await Refused.WithAsync(
            StatusCode.NotFound, () => Cri.Runtime.AttachAsync(
                new AttachRequest { ContainerId = "no-such", Stdout = true }, CriCalls.Options()).ResponseAsync,
                "no-such");
        await Cri.StopPodAsync(pod.Id);
        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => Cri.Runtime.PortForwardAsync(
                new PortForwardRequest { PodSandboxId = pod.Id }, CriCalls.Options()).ResponseAsync,
                pod.Id, "not ready");
    }

    [Test]
    public async Task Url_IsAbsoluteAndOnLoopback()
    {
        StreamTarget target = await TargetAsync();

        Uri url = await target.ExecUrlAsync(await target.RunSleeperAsync(), stdin: false, tty: false, "true");

        Assert.That((url.Scheme, url.Host), Is.EqualTo(("http", "127.0.0.1")));
        Assert.That(url.Segments[^1], Has.Length.GreaterThan(30), "nobody guesses it");
    }

    [Test]
    public async Task Terminal_WhoseClientVanishes_HangsUp(CancellationToken cancellationToken)
    {
        StreamTarget target = await TargetAsync();
        string container = await target.RunSleeperAsync();
        RemoteCommandSession exec = await target.ExecAsync(
            container, stdin: true, tty: true, cancellationToken, "sh", "-c",
            "trap 'echo >/hungup; exit' HUP; echo started; while :; do sleep 0.02; done");
        await exec.Stdout.ReadUntilAsync("started", cancellationToken);

        await exec.DisposeAsync();

        await Eventually.GetAsync(
            "the program was told", () => Cri.ExecAsync(container, "test", "-e", "/hungup"),
            answer => answer.ExitCode == 0);
    }

    [Test]
    public async Task BackgroundedChild_DoesNotHoldTheSession(CancellationToken cancellationToken)
    {
        StreamTarget target = await TargetAsync();
        await using RemoteCommandSession exec = await target.ExecAsync(
            await target.RunSleeperAsync(), stdin: false, tty: false, cancellationToken, "sh", "-c",
            "sleep 4327 & echo left; exit 9"); // more than an hour

        (string stdout, _, RemoteCommandResult result) = await exec.FinishAsync(cancellationToken);

        Assert.That((stdout, result.ExitCode), Is.EqualTo(("left\n", 9)));
    }

    /// <summary>The child writes on, and has nobody left to write to once the command's end is told.</summary>
    [Test]
    public async Task BackgroundedChildThatWritesOn_DoesNotHoldTheSession(CancellationToken cancellationToken)
    {
        StreamTarget target = await TargetAsync();
        await using RemoteCommandSession exec = await target.ExecAsync(
            await target.RunSleeperAsync(), stdin: false, tty: false, cancellationToken, "sh", "-c",
            "setsid yes noise & echo first; exit 9");

        (string stdout, _, RemoteCommandResult result) = await exec.FinishAsync(cancellationToken);

        Assert.That((stdout.Contains("first\n", StringComparison.Ordinal), result.ExitCode), Is.EqualTo((true, 9)));
    }

    private static async Task<string> AskAsync(
        PortForwardSession forward, int port, CancellationToken cancellationToken)
    {
        (SpdyStream error, SpdyStream data) = await forward.ConnectAsync(port, cancellationToken);
        await data.WriteTextAsync("GET / HTTP/1.0\r\n\r\n", cancellationToken);
        await data.EndAsync(cancellationToken);
        return await data.ReadTextAsync(cancellationToken) + await error.ReadTextAsync(cancellationToken);
    }

    private static async Task<string> SendAsync(SpdyStream stream, long bytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = RandomNumberGenerator.GetBytes(100_000);
        for (long left = bytes; left > 0; left -= piece.Length)
        {
            hash.AppendData(piece);
            await stream.WriteAsync(piece, cancellationToken);
        }

        await stream.EndAsync(cancellationToken);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static async Task<string> HashAsync(SpdyStream stream, long bytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long left = bytes;
        byte[] buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        Assert.That(left, Is.Zero, "bytes that did not come back");
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private async Task<StreamTarget> TargetAsync()
    {
        Pod pod = await RunPlainPodAsync();
        return new StreamTarget(Node.SocketPath, Cri, pod.Id, pod.Config, Busybox);
    }
}
