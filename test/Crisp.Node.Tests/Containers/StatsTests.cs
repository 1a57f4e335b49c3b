using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>ContainerStats and ListContainerStats, from the cgroup's files and the writable layer.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class StatsTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Stats_HaveAttributesCpuAndMemory()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(
            pod, "sh", "-c", "i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done; echo up; sleep 1000");
        await (await Cri.LogAsync(id)).WaitForAsync("up");

        var stats = await StatsAsync(id);

        Assert.Multiple(() =>
        {
            Assert.That(stats.Attributes.Id, Is.EqualTo(id));
            Assert.That(stats.Attributes.Metadata.Name, Is.EqualTo("main"));
            Assert.That(stats.Attributes.Labels["io.kubernetes.container.name"], Is.EqualTo("main"));
            Assert.That(stats.Cpu.UsageCoreNanoSeconds.Value, Is.GreaterThan(1_000_000));
            Assert.That(stats.Cpu.Timestamp, Is.GreaterThan(1_700_000_000_000_000_000));
            Assert.That(stats.Memory.WorkingSetBytes.Value, Is.InRange(4096, 128 << 20));
            Assert.That(stats.Memory.UsageBytes.Value, Is.GreaterThanOrEqualTo(stats.Memory.WorkingSetBytes.Value));
            Assert.That(stats.Memory.AvailableBytes.Value, Is.LessThan(128 << 20));
        });
    }

    [Test]
    public async Task WritableLayer_GrowsWithWhatTheContainerWrites()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);
        var before = (await StatsAsync(id)).WritableLayer.UsedBytes.Value;

        await Cri.OutputAsync(id, "dd", "if=/dev/zero", "of=/big", "bs=1M", "count=8");

        await Eventually.GetAsync(
            "the layer has grown", async () => (await StatsAsync(id)).WritableLayer.UsedBytes.Value,
            used => used >= before + (8 << 20));
        Assert.That((await StatsAsync(id)).WritableLayer.FsId.Mountpoint, Is.Not.Empty);
    }

    [Test]
    public async Task List_FiltersLikeListContainers()
    {
        var pod = await RunPlainPodAsync();
        var other = await RunPlainPodAsync();
        var first = await RunSleeperAsync(pod, container => container.Labels["tier"] = "front");
        var second = await RunSleeperAsync(other, container => container.Labels["tier"] = "back");

        Assert.Multiple(async () =>
        {
            Assert.That(await IdsAsync(null), Is.EquivalentTo(new[] { first, second }));
            Assert.That(await IdsAsync(new ContainerStatsFilter { Id = first }), Is.EqualTo(new[] { first }));
            Assert.That(
                await IdsAsync(new ContainerStatsFilter { PodSandboxId = other.Id }), Is.EqualTo(new[] { second }));
            Assert.That(
                await IdsAsync(new ContainerStatsFilter { LabelSelector = { ["tier"] = "front" } }),
                Is.EqualTo(new[] { first }));
        });
    }

    [Test]
    public async Task UnknownContainer_IsNotFound()
    {
        await Refused.WithAsync(StatusCode.NotFound, () => StatsAsync("0123456789ab"), "0123456789ab");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => StatsAsync(""), "container_id");
    }

    private async Task<ContainerStats> StatsAsync(string id) =>
        (await Cri.Runtime.ContainerStatsAsync(new ContainerStatsRequest { ContainerId = id }, CriCalls.Options()))
            .Stats;

    private async Task<IReadOnlyList<string>> IdsAsync(ContainerStatsFilter? filter) =>
        (await Cri.Runtime.ListContainerStatsAsync(
            new ListContainerStatsRequest { Filter = filter }, CriCalls.Options()))
            .Stats.Select(stats => stats.Attributes.Id).ToList();
}
