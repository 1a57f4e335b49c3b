using Crisp.Grpc.Client;
using Crisp.Testing.Logs;
using Google.Protobuf;
using Grpc.Core;
using A2 = Runtime.V1Alpha2;

namespace Crisp.Node.Tests.Generations;

/// <summary>The RPCs of v1alpha2 that the first API does not have, and the strings that its older kubelets send.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class V1Alpha2Tests(string runtime) : NodeFixture(runtime)
{
    private UnixSocketChannel _channel = null!; // made before the first test
    private A2.RuntimeService.RuntimeServiceClient _runtime = null!; // likewise

    [OneTimeSetUp]
    public void Connect()
    {
        _channel = new UnixSocketChannel(Node.SocketPath);
        _runtime = new A2.RuntimeService.RuntimeServiceClient(_channel);
    }

    [OneTimeTearDown]
    public void Disconnect() => _channel.Dispose();

    [Test]
    public async Task Status_HasBothConditions()
    {
        A2.StatusResponse status = await _runtime.StatusAsync(new A2.StatusRequest { Verbose = true }, CriCalls.Options());

        Assert.That(
            status.Status.Conditions.Select(condition => (condition.Type, condition.Status)),
            Is.EqualTo(new[] { ("RuntimeReady", true), ("NetworkReady", true) }));
        Assert.That(status.Info, Does.ContainKey("config"));
    }

    [Test]
    public async Task Stats_AreOfTheContainerThatIsNamed()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod);
        await RunSleeperAsync(pod, container => container.Metadata.Name = "other");

        A2.ContainerStats one = (await _runtime.ContainerStatsAsync(
            new A2.ContainerStatsRequest { ContainerId = id }, CriCalls.Options())).Stats;
        A2.ListContainerStatsResponse all = await _runtime.ListContainerStatsAsync(
            new A2.ListContainerStatsRequest { Filter = new A2.ContainerStatsFilter { PodSandboxId = pod.Id } }, CriCalls.Options());

        Assert.That(one.Attributes.Id, Is.EqualTo(id));
        Assert.That(one.Memory.WorkingSetBytes.Value, Is.GreaterThan(0));
        Assert.That(all.Stats.Select(stats => stats.Attributes.Metadata.Name), Is.EquivalentTo(new[] { "main", "other" }));
        await Refused.WithAsync(
            StatusCode.NotFound,
            async () => await _runtime.ContainerStatsAsync(new A2.ContainerStatsRequest { ContainerId = "nobody" }, CriCalls.Options()),
            "nobody");
    }

    [Test]
    public async Task PodStats_AreOfThePodThatIsNamed()
    {
        Pod pod = await RunPodAsync();
        string id = await RunSleeperAsync(pod);
        await RunPlainPodAsync();

        A2.PodSandboxStats one = (await _runtime.PodSandboxStatsAsync(
            new A2.PodSandboxStatsRequest { PodSandboxId = pod.Id }, CriCalls.Options())).Stats;
        A2.ListPodSandboxStatsResponse all = await _runtime.ListPodSandboxStatsAsync(
            new A2.ListPodSandboxStatsRequest(), CriCalls.Options());

        Assert.That(one.Attributes.Metadata.Uid, Is.EqualTo(pod.Config.Metadata.Uid));
        Assert.That(one.Linux.Containers.Select(container => container.Attributes.Id), Is.EqualTo(new[] { id }));
        Assert.That(all.Stats, Has.Count.EqualTo(2));
        await Refused.WithAsync(
            StatusCode.NotFound,
            async () => await _runtime.PodSandboxStatsAsync(
                new A2.PodSandboxStatsRequest { PodSandboxId = "nobody" }, CriCalls.Options()),
            "nobody");
    }

    [Test]
    public async Task ImageFsInfo_TellsTheDiskOfTheImages()
    {
        A2.ImageFsInfoResponse info = await new A2.ImageService.ImageServiceClient(_channel).ImageFsInfoAsync(
            new A2.ImageFsInfoRequest(), CriCalls.Options());

        Assert.That(info.ImageFilesystems.Single().FsId.Mountpoint, Does.StartWith(Node.StateRoot));
        Assert.That(info.ImageFilesystems.Single().UsedBytes.Value, Is.GreaterThan(0));
    }

    [Test]
    public async Task ReopenContainerLog_MakesTheFileAnew()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());
        LogFile log = await Cri.LogAsync(id);
        File.Delete(log.Path);

        await _runtime.ReopenContainerLogAsync(new A2.ReopenContainerLogRequest { ContainerId = id }, CriCalls.Options());

        Assert.That(File.Exists(log.Path));
    }

    [TestCase("unconfined", "0")]
    [TestCase("runtime/default", "2")]
    public async Task SeccompProfilePath_OfOlderKubelets_IsHeeded(string profile, string mode)
    {
        (string podId, A2.PodSandboxConfig pod, A2.ContainerConfig container) = await ConfigsAsync();
#pragma warning disable CS0612 // what kubelets before 1.19 send
        container.Linux.SecurityContext.SeccompProfilePath = profile;
#pragma warning restore CS0612
        container.Linux.SecurityContext.Seccomp = null;

        Assert.That(await SeccompModeAsync(podId, pod, container), Is.EqualTo(mode));
    }

    [Test]
    public async Task SeccompProfilePath_BesideAProfile_Loses()
    {
        (string podId, A2.PodSandboxConfig pod, A2.ContainerConfig container) = await ConfigsAsync();
#pragma warning disable CS0612 // what kubelets before 1.19 send
        container.Linux.SecurityContext.SeccompProfilePath = "unconfined";
#pragma warning restore CS0612
        container.Linux.SecurityContext.Seccomp =
            new A2.SecurityProfile { ProfileType = A2.SecurityProfile.Types.ProfileType.RuntimeDefault };

        Assert.That(await SeccompModeAsync(podId, pod, container), Is.EqualTo("2"));
    }

    private async Task<(string PodId, A2.PodSandboxConfig Pod, A2.ContainerConfig Container)> ConfigsAsync()
    {
        Pod pod = await RunPlainPodAsync();
        return (
            pod.Id,
            A2.PodSandboxConfig.Parser.ParseFrom(pod.Config.ToByteArray()),
            A2.ContainerConfig.Parser.ParseFrom(Container(pod, "sleep", "1000").ToByteArray()));
    }

    private async Task<string> SeccompModeAsync(string podId, A2.PodSandboxConfig pod, A2.ContainerConfig container)
    {
        string id = (await _runtime.CreateContainerAsync(
            new A2.CreateContainerRequest { PodSandboxId = podId, Config = container, SandboxConfig = pod }, CriCalls.Options())).ContainerId;
        await Cri.StartAsync(id);
        return await StartedProcess.SeccompModeAsync(await Cri.PidAsync(id));
    }
}
