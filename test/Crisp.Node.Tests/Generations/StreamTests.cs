using Crisp.Grpc.Client;
using Crisp.Testing.Spdy;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// exec, attach and port-forward by the URLs that each generation hands out, over SPDY as kubelets of all times do it.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
[CancelAfter(180_000)]
public class StreamTests(string runtime) : NodeFixture(runtime)
{
    private UnixSocketChannel _channel = null!; // made before the first test

    [OneTimeSetUp]
    public void Connect() => _channel = new UnixSocketChannel(Node.SocketPath);

    [OneTimeTearDown]
    public void Disconnect() => _channel.Dispose();

    [Test]
    public async Task Exec_StreamsBothOutputs_AndTheExitCode(
        [Values] Generation generation, CancellationToken timeout)
    {
        (GenerationClient client, _, string id) = await RunAsync(generation, "sleep", "1000");

        var url = new Uri(await client.ExecUrlAsync(id, "sh", "-c", "echo out; echo err >&2; exit 3"));
        await using var exec = await RemoteCommandSession.OpenAsync(new RemoteCommandRequest(url), timeout);

        (string stdout, string stderr, RemoteCommandResult result) = await exec.FinishAsync(timeout);
        Assert.That((stdout, stderr, result.ExitCode), Is.EqualTo(("out\n", "err\n", 3)));
    }

    [Test]
    public async Task Attach_ShowsWhatTheContainerPrints([Values] Generation generation, CancellationToken timeout)
    {
        (GenerationClient client, _, string id) = await RunAsync(
            // an attacher sees what comes after it
            generation, "sh", "-c", "while :; do echo seen; echo and said >&2; sleep 0.05; done");

        var url = new Uri(await client.AttachUrlAsync(id));
        await using var attach = await RemoteCommandSession.OpenAsync(new RemoteCommandRequest(url), timeout);

        Assert.That(await attach.Stdout.ReadUntilAsync("\n", timeout), Does.StartWith("seen\n"));
        Assert.That(await attach.Stderr.ReadUntilAsync("\n", timeout), Does.StartWith("and said\n"));
    }

    [Test]
    public async Task PortForward_ReachesAServerInThePod([Values] Generation generation, CancellationToken timeout)
    {
        (GenerationClient client, string podId, string id) = await RunAsync(
            generation, "nc", "-ll", "-p", "8080", "-e", "echo", $"hello from {generation}");
        await Eventually.GetAsync(
            "the server listens",
            () => client.ExecAsync(id, 30, "grep", ":1F90 ", "/proc/net/tcp", "/proc/net/tcp6"),
            answer => answer.Stdout.Length > 0);

        var url = new Uri(await client.PortForwardUrlAsync(podId, 8080));
        await using var forward = await PortForwardSession.OpenAsync(url, timeout);
        (_, SpdyStream data) = await forward.ConnectAsync(8080, timeout);

        Assert.That(await data.ReadUntilAsync("\n", timeout), Is.EqualTo($"hello from {generation}\n"));
    }

    private async Task<(GenerationClient Client, string PodId, string Id)> RunAsync(
        Generation generation, params string[] command)
    {
        var client = GenerationClient.Of(generation, _channel.CreateCallInvoker());
        var pod = PodRequest.Of(Node);
        var podId = await client.RunPodAsync(pod);
        return (client, podId, await client.StartedAsync(podId, ContainerRequest.Of(pod, Busybox, command), pod));
    }
}
