using Crisp.Testing.Images;
using Crisp.Testing.Logs;
using Google.Protobuf;
using Grpc.Core;
using A2 = Runtime.V1Alpha2;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// A kubelet's work from its start to a pod's end, in the bytes of its release: HTTP/2 frames with the socket's path as
/// :authority, requests number by number. What is looked at in the answers has the same numbers in all releases.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class KubeletSessionTests(string runtime) : NodeFixture(runtime)
{
    private static IEnumerable<KubeletRelease> Releases =>
    [
        new(5, "runtime", "grpc-go/1.0"),
        new(6, "runtime", "grpc-go/1.0.4"), new(7, "runtime", "grpc-go/1.0.4"), new(8, "runtime", "grpc-go/1.3.0"),
        new(9, "runtime", "grpc-go/1.3.0"),
        new(10, "runtime.v1alpha2", "grpc-go/1.7.5"), new(14, "runtime.v1alpha2", "grpc-go/1.13.0"),
        new(20, "runtime.v1alpha2", "grpc-go/1.27.1", Escapes: true),
        new(22, "runtime.v1alpha2", "grpc-go/1.38.0", Escapes: true),
    ];

    [TestCaseSource(nameof(Releases))]
    [CancelAfter(120_000)]
    public async Task Kubelet_StartsUp_AndTakesAPodThroughItsLife(KubeletRelease kubelet, CancellationToken timeout)
    {
        var authority = kubelet.Escapes ? Uri.EscapeDataString(Node.SocketPath) : Node.SocketPath;
        await using var connection = await OldGrpcConnection.OpenAsync(
            Node.SocketPath, authority, kubelet.Agent, timeout);
        var pod = PodRequest.Of(Node);
        var says = new KubeletSession(kubelet, pod, Busybox);
        async Task<T> AskAsync<T>(
            string rpc, KubeletBytes request, MessageParser<T> answer, string service = "RuntimeService")
            where T : IMessage<T> =>
            answer.ParseFrom(await connection.CallAsync($"/{kubelet.Package}.{service}/{rpc}", request, timeout));

        // The start.
        var version = await AskAsync("Version", new KubeletBytes().Text(1, "0.1.0"), A2.VersionResponse.Parser);
        Assert.That((version.Version, version.RuntimeApiVersion),
            Is.EqualTo(("0.1.0", kubelet.Package == "runtime" ? "v1alpha1" : "v1alpha2")));
        if (kubelet.AsksStatus)
            Assert.That((await AskAsync("Status", new KubeletBytes(), A2.StatusResponse.Parser))
                .Status.Conditions.Select(c => c.Status), Is.All.True);
        if (kubelet.AsksStats)
            Assert.That((await AskAsync("ImageFsInfo", new KubeletBytes(),
                A2.ImageFsInfoResponse.Parser, "ImageService")).ImageFilesystems, Has.Count.EqualTo(1));
        await AskAsync(
            "UpdateRuntimeConfig",
            new KubeletBytes().Message(1, new KubeletBytes().Message(1, new KubeletBytes().Text(1, "10.9.0.0/24"))),
            A2.UpdateRuntimeConfigResponse.Parser);
        Assert.That((await AskAsync("ListPodSandbox",
            new KubeletBytes().Message(1, new KubeletBytes()), A2.ListPodSandboxResponse.Parser)).Items, Is.Empty);
        Assert.That((await AskAsync("ListContainers",
            new KubeletBytes().Message(1, new KubeletBytes()), A2.ListContainersResponse.Parser)).Containers, Is.Empty);

        // The pod and its container.
        var podId = (await AskAsync(
            "RunPodSandbox", new KubeletBytes().Message(1, says.Pod()), A2.RunPodSandboxResponse.Parser)).PodSandboxId;
        var status = (await AskAsync(
            "PodSandboxStatus", new KubeletBytes().Text(1, podId), A2.PodSandboxStatusResponse.Parser)).Status;
        Assert.That((status.State, status.Metadata.Uid, (long)status.Linux.Namespaces.Options.Network),
            Is.EqualTo((A2.PodSandboxState.SandboxReady, pod.Metadata.Uid, kubelet.OfTheNode)));
        Assert.That((await AskAsync("ListPodSandbox", says.ReadyPods(), A2.ListPodSandboxResponse.Parser))
            .Items.Select(item => item.Id), Is.EqualTo(new[] { podId }));
        var pulled = (await AskAsync("PullImage", says.Pull(), A2.PullImageResponse.Parser, "ImageService")).ImageRef;
        Assert.That(pulled, Is.EqualTo(kubelet.HasFirstLayout ? "" : StandardImages.Busybox.Id));
        var image = await AskAsync(
            "ImageStatus", new KubeletBytes().Message(1, new KubeletBytes().Text(1, Busybox)),
            A2.ImageStatusResponse.Parser, "ImageService");
        Assert.That(image.Image.Id, Is.EqualTo(StandardImages.Busybox.Id));
        var id = (await AskAsync("CreateContainer",
            says.Create(podId, pulled.Length > 0 ? pulled : Busybox), A2.CreateContainerResponse.Parser)).ContainerId;
        await AskAsync("StartContainer", new KubeletBytes().Text(1, id), A2.StartContainerResponse.Parser);
        var log = new LogFile(Path.Combine(pod.LogDirectory, "main_0.log"));
        await log.WaitForAsync("up");
        Assert.That((await AskAsync("ListContainers", says.RunningContainers(podId), A2.ListContainersResponse.Parser))
            .Containers.Select(item => item.Id), Is.EqualTo(new[] { id }));

        // A probe, and what the kubelet measures.
        var probe = await AskAsync(
            "ExecSync", new KubeletBytes().Text(1, id)
                .Texts(2, "sh", "-c", "id -u; readlink /proc/self/ns/net").Number(3, 30), A2.ExecSyncResponse.Parser);
        Assert.That(probe.Stdout.ToStringUtf8(), Is.EqualTo($"1000\n{new FileInfo("/proc/self/ns/net").LinkTarget}\n"));
        if (kubelet.AsksStats)
            Assert.That((await AskAsync("ListContainerStats",
                new KubeletBytes().Message(1, new KubeletBytes()), A2.ListContainerStatsResponse.Parser))
                .Stats.Select(stats => stats.Attributes.Id), Is.EqualTo(new[] { id }));
        if (kubelet.AsksVerbosely)
            Assert.That((await AskAsync("ContainerStatus", new KubeletBytes().Text(1, id).Number(2, 1),
                A2.ContainerStatusResponse.Parser)).Info, Does.ContainKey("info"));

        // The end.
        await AskAsync("StopContainer", new KubeletBytes().Text(1, id).Number(2, 30), A2.StopContainerResponse.Parser);
        var ended = (await AskAsync(
            "ContainerStatus", new KubeletBytes().Text(1, id), A2.ContainerStatusResponse.Parser)).Status;
        Assert.That(
            (ended.State, ended.ExitCode, ended.Reason), Is.EqualTo((A2.ContainerState.ContainerExited, 7, "Error")));
        Assert.That(ended.FinishedAt, Is.GreaterThanOrEqualTo(ended.StartedAt));
        await AskAsync("StopPodSandbox", new KubeletBytes().Text(1, podId), A2.StopPodSandboxResponse.Parser);
        Assert.That(
            (await AskAsync("ListPodSandbox", says.ReadyPods(), A2.ListPodSandboxResponse.Parser)).Items, Is.Empty);
        await AskAsync("RemoveContainer", new KubeletBytes().Text(1, id), A2.RemoveContainerResponse.Parser);
        await AskAsync("RemovePodSandbox", new KubeletBytes().Text(1, podId), A2.RemovePodSandboxResponse.Parser);
        await Refused.WithAsync(
            StatusCode.NotFound, () => AskAsync(
                "PodSandboxStatus", new KubeletBytes().Text(1, podId), A2.PodSandboxStatusResponse.Parser), podId);
    }
}
