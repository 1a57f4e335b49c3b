namespace Crisp.Pods.Stats;

/// <summary>
/// A pod's counters are its own cgroup's where it has one to itself, as under kubelet, and the sum of its containers'
/// where it shares one with others. The network is read inside: one thread goes through all namespaces of a call.
/// </summary>
internal sealed class PodStatsReader(NodeState node, ContainerStatsReader containers) : IPodStats
{
    public async Task<IReadOnlyList<PodStatsSnapshot>> ReadAsync(IReadOnlyList<PodSnapshot> pods)
    {
        var networks = await PodNetworkReader.ReadAsync(pods).ConfigureAwait(false);
        var running = node.Containers.All
            .Where(container => container.Snapshot.Phase != ContainerPhase.Exited)
            .ToLookup(container => container.Record.PodId, StringComparer.Ordinal);
        var shared = SharedGroups();
        return [.. pods.Select(pod => Read(
            pod,
            [.. running[pod.Id].Select(container => containers.Read(container.Snapshot))],
            networks.GetValueOrDefault(pod.Id),
            ownsGroup: !shared.Contains(pod.CgroupParent)))];
    }

    /// <summary>The groups that several pods are in, and those that no client chose for its pod.</summary>
    private HashSet<string> SharedGroups()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. node.Pods.All
            .Where(pod => !seen.Add(pod.Record.CgroupParent) || string.IsNullOrEmpty(pod.Config.Linux?.CgroupParent))
            .Select(pod => pod.Record.CgroupParent)];
    }

    private PodStatsSnapshot Read(
        PodSnapshot pod,
        IReadOnlyList<ContainerStatsSnapshot> inside, IReadOnlyList<NetworkDevice>? devices, bool ownsGroup)
    {
        var counters = ownsGroup ? CgroupReading.Of(pod.CgroupParent) : PodSum.Of(inside);
        var now = node.NowNanos;
        var history = node.Pods.Find(pod.Id)?.Stats;
        return new PodStatsSnapshot
        {
            Pod = pod,
            TimestampNanos = now,
            Cpu = counters.CpuNanos is { } cpu
                ? new CpuStats
                {
                    UsageCoreNanoSeconds = cpu,
                    UsageNanoCores = history?.NanoCores(cpu, now),
                    Pressure = counters.CpuPressure
                }
                : null,
            Memory = counters.Memory is { } memory ? memory with { Pressure = counters.MemoryPressure } : null,
            IoPressure = counters.IoPressure,
            Network = devices is null ? null : NetworkStats.Of(devices, now),
            Processes = Processes(pod, inside, ownsGroup),
            Containers = inside,
        };
    }

    private static ulong Processes(PodSnapshot pod, IReadOnlyList<ContainerStatsSnapshot> inside, bool ownsGroup) =>
        ownsGroup
        ? CgroupReading.Processes(pod.CgroupParent)
        : inside.Aggregate(0UL, (count, container) => count + CgroupReading.Processes(container.Container.CgroupPath));
}
