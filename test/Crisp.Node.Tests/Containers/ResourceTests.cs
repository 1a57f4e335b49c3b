using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>
/// Limits in the container's cgroup, where kubelet and cAdvisor look for them, with cgroup v1 and v2.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class ResourceTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Cgroup_IsBeneathTheParent_UnderTheNameThatCadvisorKnows()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);

        Assert.That(
            SlotCgroups.OfContainers(Node.Slot),
            Has.Some.EndsWith($"/{Node.Prefix}/burstable/pod{pod.Config.Metadata.Uid}/crio-{id}"));
    }

    protected override NodeOptions Options => base.Options with { RuntimeSettings = "pids_limit = 321" };

    [Test]
    public async Task Processes_AreLimited_AsConfigured()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);

        Assert.That(ContainerCgroup.Read(Node, id, "pids", "pids.max", "pids.max"), Is.EqualTo("321"));
    }

    [Test]
    public async Task Unified_IsWritten_OrRefusedByName_AndNothingIsLeft()
    {
        var pod = await RunPlainPodAsync();
        if (ContainerCgroup.IsUnified)
        {
            var id = await RunSleeperAsync(
                pod, container => container.Linux.Resources.Unified["memory.high"] = $"{48 << 20}");
            Assert.That(ContainerCgroup.Read(Node, id, "", "", "memory.high"), Is.EqualTo($"{48 << 20}"));
            await Cri.RemoveAsync(id);
        }

        var container = Container(pod, "true").With(config =>
            config.Linux.Resources.Unified[ContainerCgroup.IsUnified ? "memory.nonsense" : "memory.high"] = "1000000");
        var refusal = await Refused.ExpectAsync(() => CreateAsync(pod, container));

        Assert.That(refusal.Status.Detail, Does.Contain(ContainerCgroup.IsUnified ? "memory.nonsense" : "cgroup v1"));
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        Assert.That(SlotCgroups.OfContainers(Node.Slot), Is.Empty);
    }

    [Test]
    public async Task Memory_IsLimited()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod, container => container.Linux.Resources.MemoryLimitInBytes = 64 << 20);

        Assert.That(
            ContainerCgroup.Read(Node, id, "memory", "memory.limit_in_bytes", "memory.max"), Is.EqualTo($"{64 << 20}"));
    }

    /// <summary>The limit holds for memory and swap together, as CRI counts it.</summary>
    [Test]
    public async Task MemoryWithSwap_IsLimited()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod, container =>
            (container.Linux.Resources.MemoryLimitInBytes,
                container.Linux.Resources.MemorySwapLimitInBytes) = (64 << 20, 96 << 20));
        var none = await RunSleeperAsync(pod, container =>
            (container.Metadata.Name, container.Linux.Resources.MemoryLimitInBytes) = ("without-a-word", 64 << 20));

        if (!ContainerCgroup.CanLimitSwap)
        {
            Assert.That((await Cri.ContainerAsync(id)).State,
                Is.EqualTo(ContainerState.ContainerRunning), "left out, not refused");
            return;
        }

        Assert.That(Swap(id), Is.EqualTo($"{(ContainerCgroup.IsUnified ? 32 : 96) << 20}"));
        Assert.That(
            Swap(none), Is.EqualTo(ContainerCgroup.IsUnified ? "0" : $"{64 << 20}"), "no swap unless it is asked for");
    }

    /// <summary>
    /// kubelet always sends a limit of zero; without the controller only a limit that somebody asked for is refused.
    /// </summary>
    [Test]
    public async Task HugePages_AreLimited_OrRefusedByName()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "sleep", "1000")
            .With(config => config.Linux.Resources.HugepageLimits[0].Limit = 4 << 20);

        if (ContainerCgroup.HasHugePages)
        {
            var id = await RunAsync(pod, container);
            Assert.That(ContainerCgroup.Read(Node, id, "hugetlb", "hugetlb.2MB.limit_in_bytes", "hugetlb.2MB.max"),
                Is.EqualTo($"{4 << 20}"));
            Assert.That(ContainerCgroup.Read(Node, id, "hugetlb", "hugetlb.1GB.limit_in_bytes", "hugetlb.1GB.max"),
                Is.EqualTo("0"));
            return;
        }

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(pod, container), "hugepage_limits", "hugetlb");
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    [Test]
    public async Task HugePages_ThatKubeletAlwaysSends_AreLeftOutWhereNobodyCountsThem_WithALineInTheLog()
    {
        Pod pod = await RunPlainPodAsync();

        string id = await RunSleeperAsync(pod);

        string[] lines = [.. (await Node.LogUpToNowAsync()).Lines.Where(line =>
            line.Contains(id, StringComparison.Ordinal)
            && line.Contains("hugepage_limits are left out", StringComparison.Ordinal))];
        Assert.That(lines, Has.Length.EqualTo(ContainerCgroup.HasHugePages ? 0 : 1));
    }

    [Test]
    public async Task Cpu_SharesQuotaAndPeriod()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod, container =>
        {
            container.Linux.Resources.CpuShares = 512;
            container.Linux.Resources.CpuQuota = 20_000;
            container.Linux.Resources.CpuPeriod = 40_000;
        });

        if (ContainerCgroup.IsUnified)
        {
            Assert.Multiple(() =>
            {
                Assert.That(
                    ContainerCgroup.Read(Node, id, "", "", "cpu.weight"), Is.Not.EqualTo("100"), "of 512 shares");
                Assert.That(ContainerCgroup.Read(Node, id, "", "", "cpu.max"), Is.EqualTo("20000 40000"));
            });
            return;
        }

        Assert.Multiple(() =>
        {
            Assert.That(ContainerCgroup.Read(Node, id, "cpu", "cpu.shares", ""), Is.EqualTo("512"));
            Assert.That(ContainerCgroup.Read(Node, id, "cpu", "cpu.cfs_quota_us", ""), Is.EqualTo("20000"));
            Assert.That(ContainerCgroup.Read(Node, id, "cpu", "cpu.cfs_period_us", ""), Is.EqualTo("40000"));
        });
    }

    [Test]
    public async Task Cpuset_IsKept()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod, container => container.Linux.Resources.CpusetCpus = "0");

        Assert.That(ContainerCgroup.Read(Node, id, "cpuset", "cpuset.cpus", "cpuset.cpus"), Is.EqualTo("0"));
    }

    [Test]
    public async Task MemoryNodes_AreThoseAskedFor_OrTheRuntimesError()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod, container => container.Linux.Resources.CpusetMems = "0");

        Assert.That(ContainerCgroup.Read(Node, id, "cpuset", "cpuset.mems", "cpuset.mems"), Is.EqualTo("0"));
        var refusal = await Refused.ExpectAsync(
            () => CreateAsync(pod, ContainerRequest.Named(pod.Config, "far", Busybox, "true")
                .With(config => config.Linux.Resources.CpusetMems = "1000")));
        Assert.That(refusal.Status.Detail, Does.Contain("cpuset"));
        Assert.That((await Cri.ListContainersAsync()).Select(container => container.Id), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task OomScoreAdjustment_IsSet()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(await PrintedAsync(pod, "cat", "/proc/self/oom_score_adj"), Is.EqualTo("999"));
    }

    [Test]
    public async Task OomScoreAdjustment_BelowWhatTheNodeMaySet_IsClamped()
    {
        var pod = await RunPlainPodAsync();

        var value = int.Parse(await PrintedAsync(pod, Container(pod, "cat", "/proc/self/oom_score_adj")
            .With(config => config.Linux.Resources.OomScoreAdj = -997)));

        var own = int.Parse(await File.ReadAllTextAsync("/proc/self/oom_score_adj"));
        Assert.That(value, Is.EqualTo(-997).Or.EqualTo(own));
        Assert.That(
            (await Node.LogUpToNowAsync()).Lines.Count(
                line => line.Contains("oom_score_adj is clamped from -997", StringComparison.Ordinal)),
            Is.EqualTo(value == -997 ? 0 : 1));
    }

    private string Swap(string id) =>
        ContainerCgroup.Read(Node, id, "memory", "memory.memsw.limit_in_bytes", "memory.swap.max");
}
