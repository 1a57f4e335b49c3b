using Crisp.Grpc.Client;
using Crisp.Node.Tests.Containers;
using Crisp.Testing.Images;
using Crisp.Testing.Logs;
using Google.Protobuf;
using Grpc.Core;
using A2 = Runtime.V1Alpha2;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// The RPCs of v1alpha2 that the first API does not have, and the strings that its older kubelets send.
/// </summary>
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
    public async Task Status_HasBothConditions_AndFollowsTheNetwork()
    {
        A2.StatusResponse status = await _runtime.StatusAsync(
            new A2.StatusRequest { Verbose = true }, CriCalls.Options());
        Assert.That(status.Info, Does.ContainKey("config"));
        Assert.That(Conditions(status), Is.EqualTo(new[] { ("RuntimeReady", true), ("NetworkReady", true) }));

        Node.Network.Remove();
        try
        {
            await Eventually.GetAsync(
                "the network is missed",
                async () => Conditions(await _runtime.StatusAsync(new A2.StatusRequest(), CriCalls.Options())),
                conditions => conditions.SequenceEqual([("RuntimeReady", true), ("NetworkReady", false)]));
        }
        finally
        {
            await Node.Network.ConfigureAsync();
        }

        await Eventually.GetAsync(
            "the network is back",
            async () => Conditions(await _runtime.StatusAsync(new A2.StatusRequest(), CriCalls.Options())),
            conditions => conditions.All(condition => condition.Status));
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
            new A2.ListContainerStatsRequest { Filter = new A2.ContainerStatsFilter { PodSandboxId = pod.Id } },
            CriCalls.Options());

        Assert.That(one.Attributes.Id, Is.EqualTo(id));
        Assert.That(one.Memory.WorkingSetBytes.Value, Is.GreaterThan(0));
        Assert.That(
            all.Stats.Select(stats => stats.Attributes.Metadata.Name), Is.EquivalentTo(new[] { "main", "other" }));
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
    }

    [Test]
    public async Task ImageFsInfo_GrowsWithAPull()
    {
        byte[] noise = new byte[4 << 20];
        new Random(2).NextBytes(noise);
        string name = await NodeRun.Registry.Client.PushAsync(
            TestImage.Oci(new TestImageConfig(), new TestLayer().File("noise", noise).Gzip()), "test/noise", "1");
        A2.ImageService.ImageServiceClient images = new(_channel);
        A2.FilesystemUsage before = await UsageAsync(images);

        await images.PullImageAsync(
            new A2.PullImageRequest { Image = new A2.ImageSpec { Image = name } }, CriCalls.Options());

        A2.FilesystemUsage after = await UsageAsync(images);
        Assert.That(after.FsId.Mountpoint, Does.StartWith(Node.StateRoot));
        Assert.That(after.UsedBytes.Value, Is.GreaterThanOrEqualTo(before.UsedBytes.Value + (4 << 20)));
    }

    [Test]
    public async Task UpdateContainerResources_ChangesTheCgroup()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());
        string before = MemoryLimit(id);

        await _runtime.UpdateContainerResourcesAsync(
            new A2.UpdateContainerResourcesRequest
            {
                ContainerId = id, Linux = new A2.LinuxContainerResources { MemoryLimitInBytes = 96 << 20 },
            },
            CriCalls.Options());

        Assert.That((before, MemoryLimit(id)), Is.EqualTo(($"{128 << 20}", $"{96 << 20}")));
    }

    [Test]
    public async Task WhatIsUnknown_IsRefused()
    {
        foreach (Func<string, Task> call in (Func<string, Task>[])[
            id => _runtime.ContainerStatsAsync(new A2.ContainerStatsRequest { ContainerId = id }, CriCalls.Options())
                .ResponseAsync,
            id => _runtime.PodSandboxStatsAsync(new A2.PodSandboxStatsRequest { PodSandboxId = id }, CriCalls.Options())
                .ResponseAsync,
            id => _runtime.ReopenContainerLogAsync(
                new A2.ReopenContainerLogRequest { ContainerId = id }, CriCalls.Options()).ResponseAsync,
            id => _runtime.UpdateContainerResourcesAsync(
                new A2.UpdateContainerResourcesRequest
                {
                    ContainerId = id,
                    Linux = new A2.LinuxContainerResources { CpuShares = 2 }
                },
                CriCalls.Options()).ResponseAsync])
        {
            await Refused.WithAsync(StatusCode.NotFound, () => call("nobody"), "nobody");
            await Refused.WithAsync(StatusCode.InvalidArgument, () => call(""), "_id", "missing");
        }
    }

    [Test]
    public async Task ListsOfStats_OfWhatIsNotThere_AreEmpty()
    {
        await RunSleeperAsync(await RunPlainPodAsync());

        A2.ListContainerStatsResponse containers = await _runtime.ListContainerStatsAsync(
            new A2.ListContainerStatsRequest { Filter = new A2.ContainerStatsFilter { PodSandboxId = "nobody" } },
            CriCalls.Options());
        A2.ListPodSandboxStatsResponse pods = await _runtime.ListPodSandboxStatsAsync(
            new A2.ListPodSandboxStatsRequest { Filter = new A2.PodSandboxStatsFilter { Id = "nobody" } },
            CriCalls.Options());

        Assert.That(containers.Stats, Is.Empty);
        Assert.That(pods.Stats, Is.Empty);
    }

    [Test]
    public async Task ReopenContainerLog_MakesTheFileAnew()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());
        LogFile log = await Cri.LogAsync(id);
        File.Delete(log.Path);

        await _runtime.ReopenContainerLogAsync(
            new A2.ReopenContainerLogRequest { ContainerId = id }, CriCalls.Options());

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

    /// <summary>
    /// A profile that no host has loaded tells which of the two was heeded, with AppArmor and without.
    /// </summary>
    [Test]
    public async Task AppArmorProfile_InBothWords_TheNewerWins()
    {
        (string podId, A2.PodSandboxConfig pod, A2.ContainerConfig container) = await ConfigsAsync();
        A2.LinuxContainerSecurityContext security = container.Linux.SecurityContext;
        A2.SecurityProfile unconfined = new() { ProfileType = A2.SecurityProfile.Types.ProfileType.Unconfined };
        A2.SecurityProfile unknown =
            new() { ProfileType = A2.SecurityProfile.Types.ProfileType.Localhost, LocalhostRef = "crisp-tests-none" };
#pragma warning disable CS0612 // what older kubelets send
        (security.Apparmor, security.ApparmorProfile) = (unconfined, "localhost/crisp-tests-none");
        string id = await CreatedAsync(podId, pod, container);
        await Cri.RemoveAsync(id);

        (security.Apparmor, security.ApparmorProfile) = (unknown, "unconfined");
        RpcException refusal = await Refused.ExpectAsync(() => CreatedAsync(podId, pod, container));
        (security.Apparmor, security.ApparmorProfile) = (null, "localhost/crisp-tests-none");
        RpcException alone = await Refused.ExpectAsync(() => CreatedAsync(podId, pod, container));
#pragma warning restore CS0612

        Assert.That(refusal.Status.Detail, Does.Contain("AppArmor").IgnoreCase);
        Assert.That(alone.Status.Detail, Does.Contain("AppArmor").IgnoreCase, "the old word alone counts");
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    private static (string Type, bool Status)[] Conditions(A2.StatusResponse status) =>
        [.. status.Status.Conditions.Select(condition => (condition.Type, condition.Status))];

    private static async Task<A2.FilesystemUsage> UsageAsync(A2.ImageService.ImageServiceClient images) =>
        (await images.ImageFsInfoAsync(new A2.ImageFsInfoRequest(), CriCalls.Options())).ImageFilesystems.Single();

    private string MemoryLimit(string id) =>
        ContainerCgroup.Read(Node, id, "memory", "memory.limit_in_bytes", "memory.max");

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
        string id = await CreatedAsync(podId, pod, container);
        await Cri.StartAsync(id);
        return await StartedProcess.SeccompModeAsync(await Cri.PidAsync(id));
    }

    private async Task<string> CreatedAsync(string podId, A2.PodSandboxConfig pod, A2.ContainerConfig container) =>
        (await _runtime.CreateContainerAsync(
            new A2.CreateContainerRequest { PodSandboxId = podId, Config = container, SandboxConfig = pod },
            CriCalls.Options())).ContainerId;
}
