using System.Security.Cryptography;
using System.Text;
using Crisp.Testing.Spdy;

namespace Crisp.Node.Tests.Streaming;

/// <summary>
/// What crisp's streams do that other runtimes' need not: windows kept, WebSocket's newer protocols, crowds.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
[CancelAfter(180_000)]
public class StreamPromisesTests(string runtime) : StreamFixture(runtime)
{
    private const int CopiedBytes = 8 << 20;
    private const int Crowd = 40;

    /// <summary>
    /// This client sends no byte beyond a window and gives back what it reads: neither side may stop for good.
    /// </summary>
    [Test]
    public async Task Exec_ClientThatKeepsWindows_LosesNothing(CancellationToken cancellationToken)
    {
        Uri url = await Target.ExecUrlAsync(await Target.RunSleeperAsync(), stdin: true, tty: false, "cat");
        await using RemoteCommandSession exec = await RemoteCommandSession.OpenAsync(
            new RemoteCommandRequest(url) { Stdin = true, Temper = SpdyTemper.Specified }, cancellationToken);
        byte[] sent = RandomNumberGenerator.GetBytes(CopiedBytes);
        Task sending = SendAsync();
        byte[] received = await exec.Stdout.ReadToEndAsync(cancellationToken);
        await sending;
        Assert.That(received.AsSpan().SequenceEqual(sent),
            Is.True, $"{received.Length} of {sent.Length} bytes, or others, came back");
        Assert.That((await exec.ResultAsync(cancellationToken)).ExitCode, Is.Zero);

        async Task SendAsync()
        {
            await exec.Stdin.WriteAsync(sent, cancellationToken);
            await exec.Stdin.EndAsync(cancellationToken);
        }
    }

    [Test]
    public async Task Exec_ManyAtOnce_EachHasItsOwn(CancellationToken cancellationToken)
    {
        string container = await Target.RunSleeperAsync();
        await Task.WhenAll(Enumerable.Range(0, Crowd).Select(async number =>
        {
            await using RemoteCommandSession exec = await Target.ExecAsync(
                container, stdin: true, tty: false, cancellationToken, "sh", "-c", $"cat; exit {number}");
            await exec.Stdin.WriteTextAsync($"words {number}", cancellationToken);
            await exec.Stdin.EndAsync(cancellationToken);
            (string stdout, _, RemoteCommandResult result) = await exec.FinishAsync(cancellationToken);
            Assert.That((stdout, result.ExitCode), Is.EqualTo(($"words {number}", number)));
        }));
    }

    /// <summary>v5.channel.k8s.io can say that stdin has ended; nothing before it could.</summary>
    [Test]
    public async Task Crispctl_WebSocket_EndsStdin(CancellationToken cancellationToken)
    {
        string container = await Target.RunSleeperAsync();
        await using RunningCommand exec = RunningCommand.Start(
            Target.Crispctl[0],
            [.. Target.Crispctl[1..], "exec", "-i", "-r", "websocket", container, "sh", "-c", "wc -c; exit 5"]);
        await exec.Input.WriteAsync(new byte[1_000_000], cancellationToken);
        exec.Input.Close();
        using StreamReader output = new(exec.Output, Encoding.UTF8);
        Assert.That((await output.ReadToEndAsync(cancellationToken)).Trim(), Is.EqualTo("1000000"));
        Assert.That(await exec.EndAsync(cancellationToken), Is.EqualTo((5, "")));
    }

    /// <summary>What listens on the node's localhost is nothing of a pod's with a network of its own.</summary>
    [Test]
    public async Task PortForward_NeverReachesTheNode(CancellationToken cancellationToken)
    {
        using System.Net.Sockets.TcpListener onTheNode = new(System.Net.IPAddress.Loopback, 0);
        onTheNode.Start();
        int port = ((System.Net.IPEndPoint)onTheNode.LocalEndpoint).Port;
        Pod pod = await RunPodAsync();
        StreamTarget target = new(Node.SocketPath, Cri, pod.Id, pod.Config, Busybox);

        await using PortForwardSession forward = await target.ForwardAsync(cancellationToken, port);
        (SpdyStream error, _) = await forward.ConnectAsync(port, cancellationToken);

        Assert.That(await error.ReadTextAsync(cancellationToken), Does.Contain("refused"));
        Assert.That(onTheNode.Pending(), Is.False);
    }

    [Test]
    public Task Crispctl_PortForward_ThroughAWebSocket(CancellationToken cancellationToken) =>
        CrispctlCases.PortForwardAsync(Target, "websocket", cancellationToken);

    [Test]
    public async Task Exec_ClientThatVanishesWhileItsInputIsNotRead_IsNoticed(CancellationToken cancellationToken)
    {
        string container = await Target.RunSleeperAsync();
        RemoteCommandSession exec = await Target.ExecAsync(
            container, stdin: true, tty: false, cancellationToken, "sh", "-c", UnreadInput.Script);
        await exec.Stdout.ReadUntilAsync("started", cancellationToken);
        await exec.Stdin.WriteAsync(new byte[UnreadInput.Bytes], cancellationToken);

        await exec.DisposeAsync();

        await UnreadInput.ProveNoticedAsync(Node, container, "spdy");
    }
}
