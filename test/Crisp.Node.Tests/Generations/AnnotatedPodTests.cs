using Crisp.Grpc.Client;
using L = Runtime.Legacy;

namespace Crisp.Node.Tests.Generations;

/// <summary>What kubelets of 1.5 could only say by annotations, and presence, which only proto2 has.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class AnnotatedPodTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Sysctls_OfBothAnnotations_AreSet()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var client = GenerationClient.Of(Generation.Legacy, channel.CreateCallInvoker());
        var pod = PodRequest.Of(Node);
        pod.Annotations["security.alpha.kubernetes.io/sysctls"] = "kernel.shm_rmid_forced=1";
        pod.Annotations["security.alpha.kubernetes.io/unsafe-sysctls"] =
            "kernel.msgmax=8193,net.ipv4.ip_default_ttl=61";

        var podId = await client.RunPodAsync(pod);
        var id = await client.StartedAsync(podId, ContainerRequest.Of(pod, Busybox, "sleep", "1000"), pod);

        Assert.That(
            await Cri.OutputAsync(id, "cat",
                "/proc/sys/kernel/shm_rmid_forced", "/proc/sys/kernel/msgmax", "/proc/sys/net/ipv4/ip_default_ttl"),
            Is.EqualTo("1\n8193\n61"));
        Assert.That((await client.PodAsync(podId)).Annotations, Is.EqualTo(pod.Annotations), "and they come back");
    }

    [Test]
    public async Task NetworkNamespace_IsToldByPath_UntilThePodStops()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var legacy = new L.RuntimeService.RuntimeServiceClient(channel);
        var pod = await RunPodAsync();

        var namespaces = await NamespacesAsync(legacy, pod.Id);
        Assert.That(namespaces.Network, Does.StartWith(Node.NetNsDirectory));
        Assert.That(File.Exists(namespaces.Network), namespaces.Network);

        await Cri.StopPodAsync(pod.Id);
        Assert.That((await NamespacesAsync(legacy, pod.Id)).Network, Is.Empty);
    }

    [Test]
    public async Task UnsetUser_IsTheImages_AndZeroIsRoot()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var client = GenerationClient.Of(Generation.Legacy, channel.CreateCallInvoker());
        var pod = await RunPlainPodAsync();
        var container = ContainerRequest.Of(pod.Config, Busybox, "sleep", "1000");
        container.Linux.SecurityContext.SupplementalGroups.Add(77);

        var id = await client.StartedAsync(pod.Id, container, pod.Config);

        Assert.That((await Cri.OutputAsync(id, "id", "-G")).Split(' '), Does.Contain("77"));
        Assert.That((await Cri.ContainerAsync(id)).User.Linux.Uid, Is.Zero);
    }

    private static async Task<L.Namespace> NamespacesAsync(
        L.RuntimeService.RuntimeServiceClient legacy, string podId) =>
        (await legacy.PodSandboxStatusAsync(new L.PodSandboxStatusRequest { PodSandboxId = podId }, CriCalls.Options()))
            .Status.Linux.Namespaces;
}
