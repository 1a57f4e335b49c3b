using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>Limits in the container's cgroup, where kubelet and cAdvisor look for them, with cgroup v1 and v2.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class ResourceTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Cgroup_IsBeneathTheParent_UnderTheNameThatCadvisorKnows()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod);

        Assert.That(
            SlotCgroups.OfContainers(Node.Slot),
            Has.Some.EndsWith($"/{Node.Prefix}/burstable/pod{pod.Config.Metadata.Uid}/crio-{id}"));
    }

    protected override NodeOptions Options => base.Options with { RuntimeSettings = "pids_limit = 321" };

    [Test]
    public async Task Processes_AreLimited_AsConfigured()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod);

        Assert.That(ContainerCgroup.Read(Node, id, "pids", "pids.max", "pids.max"), Is.EqualTo("321"));
    }

    [Test]
    public async Task WhatThisCgroupVersionLacks_IsRefusedByName_AndNothingIsLeft()
    {
        Pod pod = await RunPlainPodAsync();
        ContainerConfig container = Container(pod, "true");
        if (ContainerCgroup.IsUnified)
            container.Linux.Resources.Unified["memory.nonsense"] = "1";
        else
            container.Linux.Resources.Unified["memory.high"] = "1000000";

        RpcException refusal = await Refused.ExpectAsync(() => CreateAsync(pod, container));

        Assert.That(refusal.Status.Detail, Does.Contain(ContainerCgroup.IsUnified ? "memory.nonsense" : "cgroup v1"));
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        Assert.That(SlotCgroups.OfContainers(Node.Slot), Is.Empty);
    }

    [Test]
    public async Task Memory_IsLimited()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod, container => container.Linux.Resources.MemoryLimitInBytes = 64 << 20);

        Assert.That(ContainerCgroup.Read(Node, id, "memory", "memory.limit_in_bytes", "memory.max"), Is.EqualTo($"{64 << 20}"));
    }

    [Test]
    public async Task Cpu_SharesAndQuota()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod, container =>
        {
            container.Linux.Resources.CpuShares = 512;
            container.Linux.Resources.CpuQuota = 50_000;
        });

        if (ContainerCgroup.IsUnified)
            Assert.That(ContainerCgroup.Read(Node, id, "", "", "cpu.max"), Is.EqualTo("50000 100000"));
        else
            Assert.Multiple(() =>
            {
                Assert.That(ContainerCgroup.Read(Node, id, "cpu", "cpu.shares", ""), Is.EqualTo("512"));
                Assert.That(ContainerCgroup.Read(Node, id, "cpu", "cpu.cfs_quota_us", ""), Is.EqualTo("50000"));
            });
    }

    [Test]
    public async Task Cpuset_IsKept()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod, container => container.Linux.Resources.CpusetCpus = "0");

        Assert.That(ContainerCgroup.Read(Node, id, "cpuset", "cpuset.cpus", "cpuset.cpus"), Is.EqualTo("0"));
    }

    [Test]
    public async Task OomScoreAdjustment_IsSet()
    {
        Pod pod = await RunPlainPodAsync();

        Assert.That(await PrintedAsync(pod, "cat", "/proc/self/oom_score_adj"), Is.EqualTo("999"));
    }

    [Test]
    public async Task OomScoreAdjustment_BelowWhatTheNodeMaySet_IsClamped()
    {
        Pod pod = await RunPlainPodAsync();

        int value = int.Parse(await PrintedAsync(pod, Container(pod, "cat", "/proc/self/oom_score_adj")
            .With(config => config.Linux.Resources.OomScoreAdj = -997)));

        int own = int.Parse(await File.ReadAllTextAsync("/proc/self/oom_score_adj"));
        Assert.That(value, Is.EqualTo(-997).Or.EqualTo(own));
    }
}
