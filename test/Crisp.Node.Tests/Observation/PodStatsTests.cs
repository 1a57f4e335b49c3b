using Crisp.Node.Tests.Containers;
using Grpc.Core;

namespace Crisp.Node.Tests.Observation;

/// <summary>
/// PodSandboxStats, its list and its stream, and StreamContainerStats: compared with the kernel's own files.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class PodStatsTests(string runtime) : NodeFixture(runtime)
{
    /// <summary>
    /// Half a second of its own time as its kernel counts it for the process (proc(5), utime and stime, in hundredths).
    /// </summary>
    private const string BurnHalfASecond = """
        while read -r line < /proc/self/stat; do
            set -- $line
            [ $((${14} + ${15})) -lt 50 ] || break
        done
        echo burnt
        sleep 1000
        """;

    [Test]
    public async Task Cpu_OfAContainerThatBurns_IsItsCgroups()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunAsync(pod, "sh", "-c", BurnHalfASecond);
        await (await Cri.LogAsync(id)).WaitForAsync("burnt");
        ulong before = CpuNanos(id);

        LinuxPodSandboxStats stats = (await StatsAsync(pod.Id)).Linux;

        ulong after = CpuNanos(id);
        Assert.Multiple(() =>
        {
            ulong used = stats.Containers.Single().Cpu.UsageCoreNanoSeconds.Value;
            Assert.That(used, Is.InRange(490_000_000UL, 2_000_000_000UL), "and what the OCI runtime took in the cgroup");
            Assert.That(used, Is.InRange(before, after));
            Assert.That(stats.Cpu.UsageCoreNanoSeconds.Value, Is.GreaterThanOrEqualTo(before));
            Assert.That(stats.Cpu.Timestamp, Is.GreaterThan(1_700_000_000_000_000_000));
        });
    }

    /// <summary>
    /// Each answer's rate is of the time since a reading before, of those at least half a second ago.
    /// </summary>
    [Test]
    public async Task CpuPerSecond_IsTheDifferenceOfTwoReadings()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunAsync(pod, "sh", "-c", "while :; do :; done");
        List<CpuUsage> readings = [];

        CpuUsage last = await Eventually.GetAsync(
            "a rate is known",
            async () =>
            {
                readings.Add((await Cri.Runtime.ContainerStatsAsync(
                    new ContainerStatsRequest { ContainerId = id }, CriCalls.Options())).Stats.Cpu);
                return readings[^1];
            },
            reading => reading.UsageNanoCores is not null);

        double elapsed = (last.Timestamp - readings[0].Timestamp) / 1e9;
        double rate = (last.UsageCoreNanoSeconds.Value - readings[0].UsageCoreNanoSeconds.Value) / elapsed;
        Assert.That(last.UsageNanoCores.Value, Is.EqualTo(rate).Within(1));
        Assert.That(rate, Is.GreaterThan(0));
    }

    [Test]
    public async Task Memory_OfAContainerThatHolds64Megabytes_IsInThePodsWorkingSet()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunAsync(pod, Holding(pod, 64));
        await (await Cri.LogAsync(id)).WaitForAsync("held");

        // The kernel adds up memory.stat every two seconds only.
        LinuxPodSandboxStats stats = await Eventually.GetAsync(
            "the memory is counted", async () => (await StatsAsync(pod.Id)).Linux,
            stats => stats.Memory.RssBytes.Value >= 64UL << 20);

        Assert.Multiple(() =>
        {
            Assert.That(stats.Memory.WorkingSetBytes.Value, Is.InRange(64UL << 20, 256UL << 20));
            Assert.That(stats.Memory.RssBytes.Value, Is.InRange(64UL << 20, 256UL << 20));
            Assert.That(stats.Containers.Single().Memory.RssBytes.Value, Is.InRange(64UL << 20, 256UL << 20));
        });
    }

    [Test]
    public async Task Processes_AreCounted()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunAsync(pod, "sh", "-c", "sleep 1000 & sleep 1000 & sleep 1000 & echo up; wait");
        await (await Cri.LogAsync(id)).WaitForAsync("up");

        Assert.That((await StatsAsync(pod.Id)).Linux.Process.ProcessCount.Value, Is.EqualTo(4));
    }

    [Test]
    public async Task Network_IsReadInThePodsOwnNamespace_AndGrowsWithTraffic()
    {
        Pod pod = await RunPodAsync();
        string id = await RunSleeperAsync(pod, container =>
            container.Linux.SecurityContext.Capabilities = new Capability { AddCapabilities = { "NET_RAW" } });
        NetworkUsage before = (await StatsAsync(pod.Id)).Linux.Network;

        await Cri.OutputAsync(id, "sh", "-c", $"ping -c 3 -s 1400 {Gateway()}");

        NetworkUsage after = (await StatsAsync(pod.Id)).Linux.Network;
        Assert.Multiple(() =>
        {
            Assert.That(after.DefaultInterface.Name, Is.EqualTo("eth0"));
            Assert.That(after.DefaultInterface.TxBytes.Value,
                Is.GreaterThanOrEqualTo(before.DefaultInterface.TxBytes.Value + 3 * 1400));
            Assert.That(after.DefaultInterface.RxBytes.Value,
                Is.GreaterThanOrEqualTo(before.DefaultInterface.RxBytes.Value + 3 * 1400));
            Assert.That(after.Interfaces.Select(nic => nic.Name), Has.None.EqualTo("lo"));
        });
    }

    [Test]
    public async Task Network_OfAPodOnTheNodesNetwork_IsNotThePods()
    {
        Pod pod = await RunPlainPodAsync();
        Assert.That((await StatsAsync(pod.Id)).Linux.Network, Is.Null);
    }

    [Test]
    public async Task PodsThatShareACgroup_AreNotCountedTwice()
    {
        Pod first = await RunPlainPodAsync();
        Pod second = await RunPlainPodAsync(config => config.Linux.CgroupParent = first.Config.Linux.CgroupParent);
        string id = await RunAsync(first, Holding(first, 32));
        await (await Cri.LogAsync(id)).WaitForAsync("held");

        await Eventually.GetAsync(
            "the memory is counted", async () => (await StatsAsync(first.Id)).Linux.Memory.RssBytes.Value,
            rss => rss > 32UL << 20);
        Assert.That((await StatsAsync(second.Id)).Linux.Memory.RssBytes.Value, Is.Zero);
    }

    [Test]
    public async Task ListAndStream_FilterAlike()
    {
        Pod front = await RunPlainPodAsync(pod => pod.Labels["tier"] = "front");
        Pod back = await RunPlainPodAsync(pod => pod.Labels["tier"] = "back");
        PodSandboxStatsFilter?[] filters =
            [null, new() { Id = front.Id[..12] },
                new() { LabelSelector = { ["tier"] = "back" } }, new() { LabelSelector = { ["tier"] = "none" } }];
        string[][] expected = [[front.Id, back.Id], [front.Id], [back.Id], []];

        foreach (var (filter, ids) in filters.Zip(expected))
        {
            Assert.That(await ListedAsync(filter), Is.EquivalentTo(ids));
            Assert.That(await StreamedAsync(filter), Is.EquivalentTo(ids));
        }
    }

    [Test]
    public async Task StoppedPod_IsListedNoMore()
    {
        Pod pod = await RunPlainPodAsync();
        Assert.That(await ListedAsync(null), Does.Contain(pod.Id));
        await Cri.StopPodAsync(pod.Id);
        Assert.That(await ListedAsync(null), Does.Not.Contain(pod.Id));
    }

    [Test]
    public async Task StreamContainerStats_HasEachRunningContainerOnce()
    {
        Pod pod = await RunPlainPodAsync();
        string running = await RunSleeperAsync(pod);
        string ended = await RunAsync(pod, Container(pod, "true").With(container => container.Metadata.Name = "short"));
        await Cri.ExitedAsync(ended);

        List<string> ids = [];
        using var call = Cri.Runtime.StreamContainerStats(new StreamContainerStatsRequest(), CriCalls.Options());
        await foreach (StreamContainerStatsResponse chunk in call.ResponseStream.ReadAllAsync())
            ids.AddRange(chunk.ContainerStats.Select(stats => stats.Attributes.Id));

        Assert.That(ids, Is.EqualTo(new[] { running }));
    }

    [Test]
    public async Task UnknownPod_IsNotFound()
    {
        await Refused.WithAsync(StatusCode.NotFound, () => StatsAsync("0123456789ab"), "0123456789ab");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => StatsAsync(""), "pod_sandbox_id");
    }

    /// <summary>A shell that keeps so many megabytes in a variable, and says so.</summary>
    private ContainerConfig Holding(Pod pod, int megabytes) =>
        Container(pod,
            "sh", "-c", $"x=$(head -c {megabytes << 20} /dev/zero | tr '\\0' x); echo held; sleep 1000 & wait; echo $x")
            .With(container => container.Linux.Resources.MemoryLimitInBytes = 512 << 20);

    private async Task<PodSandboxStats> StatsAsync(string id) =>
        (await Cri.Runtime.PodSandboxStatsAsync(new PodSandboxStatsRequest { PodSandboxId = id }, CriCalls.Options()))
            .Stats;

    private async Task<IReadOnlyList<string>> ListedAsync(PodSandboxStatsFilter? filter) =>
        [.. (await Cri.Runtime.ListPodSandboxStatsAsync(
            new ListPodSandboxStatsRequest { Filter = filter }, CriCalls.Options()))
            .Stats.Select(stats => stats.Attributes.Id)];

    private async Task<IReadOnlyList<string>> StreamedAsync(PodSandboxStatsFilter? filter)
    {
        List<string> ids = [];
        using var call = Cri.Runtime.StreamPodSandboxStats(
            new StreamPodSandboxStatsRequest { Filter = filter }, CriCalls.Options());
        await foreach (StreamPodSandboxStatsResponse chunk in call.ResponseStream.ReadAllAsync())
            ids.AddRange(chunk.PodSandboxStats.Select(stats => stats.Attributes.Id));
        return ids;
    }

    /// <summary>The first address of the node's pod network: the bridge's own.</summary>
    private string Gateway() => Node.Slot.Subnet4[..Node.Slot.Subnet4.LastIndexOf('.')] + ".1";

    private ulong CpuNanos(string id)
    {
        string counted = ContainerCgroup.Read(Node, id, "cpuacct", "cpuacct.usage", "cpu.stat");
        return ContainerCgroup.IsUnified
            ? ulong.Parse(counted.Split('\n')[0]["usage_usec ".Length..]) * 1000
            : ulong.Parse(counted);
    }
}
