namespace Crisp.Pods.Stats;

/// <summary>A pod's counters where no cgroup counts for it alone: what its containers use together.</summary>
internal static class PodSum
{
    internal static CgroupCounters Of(IReadOnlyList<ContainerStatsSnapshot> containers) => new(
        containers.Aggregate(0UL, (sum, container) => sum + (container.Cpu?.UsageCoreNanoSeconds ?? 0)),
        Memory([.. containers.Select(container => container.Memory).OfType<MemoryStats>()]),
        Swap: null);

    private static MemoryStats Memory(IReadOnlyList<MemoryStats> parts) => new()
    {
        UsageBytes = Sum(parts, part => part.UsageBytes),
        WorkingSetBytes = Sum(parts, part => part.WorkingSetBytes),
        RssBytes = Sum(parts, part => part.RssBytes),
        PageFaults = Sum(parts, part => part.PageFaults),
        MajorPageFaults = Sum(parts, part => part.MajorPageFaults),
    };

    private static ulong Sum(IReadOnlyList<MemoryStats> parts, Func<MemoryStats, ulong> value) =>
        parts.Aggregate(0UL, (sum, part) => sum + value(part));
}
