using Crisp.Grpc.Client;
using Grpc.Core;

namespace Crisp.Node.Tests.Generations;

/// <summary>What each RPC refuses, in each of the three APIs: what is not named, and what is not there.</summary>
[TestFixture("crun")]
public class GenerationRefusalTests(string runtime) : NodeFixture(runtime)
{
    private const string Nobody = "nobody";

    private UnixSocketChannel _channel = null!; // made before the first test

    [OneTimeSetUp]
    public void Connect() => _channel = new UnixSocketChannel(Node.SocketPath);

    [OneTimeTearDown]
    public void Disconnect() => _channel.Dispose();

    [Test]
    public async Task Pods_ThatAreNotNamedOrNotThere([Values] Generation generation)
    {
        var client = Client(generation);

        await Refused.WithAsync(StatusCode.InvalidArgument, () => client.RunPodAsync(null), "config", "missing");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => client.StopPodAsync(""), "pod_sandbox_id", "missing");
        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => client.RemovePodAsync(""), "pod_sandbox_id", "missing");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => client.PodAsync(""), "pod_sandbox_id", "missing");
        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => client.PortForwardUrlAsync("", 80), "pod_sandbox_id", "missing");
        await Refused.WithAsync(StatusCode.NotFound, () => client.PodAsync(Nobody), Nobody);
        await Refused.WithAsync(StatusCode.NotFound, () => client.PortForwardUrlAsync(Nobody, 80), Nobody);
        await client.StopPodAsync(Nobody);
        await client.RemovePodAsync(Nobody);
    }

    [Test]
    public async Task Containers_ThatAreNotNamedOrNotThere([Values] Generation generation)
    {
        var client = Client(generation);
        var pod = PodRequest.Of(Node);

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => client.CreateAsync(Nobody, null, pod), "config", "missing");
        await Refused.WithAsync(
            StatusCode.NotFound,
            () => client.CreateAsync(Nobody, ContainerRequest.Of(pod, Busybox, "true"), pod), Nobody);
        foreach (var call in (Func<string, Task>[])[
            client.StartAsync, client.ContainerAsync, client.AttachUrlAsync,
            id => client.ExecAsync(id, 1, "true"), id => client.ExecUrlAsync(id, "true")])
        {
            await Refused.WithAsync(StatusCode.InvalidArgument, () => call(""), "container_id", "missing");
            await Refused.WithAsync(StatusCode.NotFound, () => call(Nobody), Nobody);
        }

        await Refused.WithAsync(StatusCode.InvalidArgument, () => client.StopAsync("", 0), "container_id", "missing");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => client.RemoveAsync(""), "container_id", "missing");
        await client.StopAsync(Nobody, graceSeconds: 0);
        await client.RemoveAsync(Nobody);
    }

    [Test]
    public async Task Commands_ThatAreNone([Values] Generation generation)
    {
        var client = Client(generation);

        await Refused.WithAsync(StatusCode.InvalidArgument, () => client.ExecAsync(Nobody, 1), "cmd");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => client.ExecUrlAsync(Nobody), "cmd");
    }

    [Test]
    public async Task Lists_OfWhatIsNotThere_AreEmpty([Values] Generation generation)
    {
        var client = Client(generation);
        var pod = await RunPlainPodAsync();
        await CreateAsync(pod, Container(pod, "true"));

        Assert.That(await client.ListPodsAsync(new PodSandboxFilter { Id = Nobody }), Is.Empty);
        Assert.That(
            await client.ListPodsAsync(new PodSandboxFilter { LabelSelector = { ["app"] = "other" } }), Is.Empty);
        Assert.That(await client.ListContainersAsync(new ContainerFilter { Id = Nobody }), Is.Empty);
        Assert.That(await client.ListContainersAsync(new ContainerFilter { PodSandboxId = Nobody }), Is.Empty);
        Assert.That(await client.ListImagesAsync("registry.invalid/none:1"), Is.Empty);
        Assert.That(await client.ListPodsAsync(new PodSandboxFilter()), Has.Count.EqualTo(1));
        Assert.That(await client.ListContainersAsync(new ContainerFilter()), Has.Count.EqualTo(1));
        Assert.That(await client.ListImagesAsync(), Is.Not.Empty);
    }

    [Test]
    public async Task Images_ThatAreNotNamedOrNotThere([Values] Generation generation)
    {
        var client = Client(generation);
        var unknown = $"{NodeRun.Registry.Address}/test/none:1";

        foreach (var call in (Func<string, Task>[])[client.PullAsync, client.ImageAsync, client.RemoveImageAsync])
            await Refused.WithAsync(StatusCode.InvalidArgument, () => call(""), "image", "missing");
        await Refused.WithAsync(StatusCode.NotFound, () => client.PullAsync(unknown), unknown);
        await Refused.WithAsync(StatusCode.InvalidArgument, () => client.PullAsync("Not A Name"), "Not A Name");
        Assert.That(await client.ImageAsync(unknown), Is.Null);
        await client.RemoveImageAsync(unknown);
    }

    private GenerationClient Client(Generation generation) =>
        GenerationClient.Of(generation, _channel.CreateCallInvoker());
}
