namespace Crisp.Pods.Stats;

/// <summary>Counters of cgroup v1 (Documentation/admin-guide/cgroup-v1/memory.rst, cpuacct.rst).</summary>
internal static class CgroupV1Counters
{
    /// <summary>Limits from here on mean none: the kernel shows the largest whole page below 2^63.</summary>
    private const ulong Unlimited = 1UL << 62;

    internal static CgroupCounters Read(CgroupFileReader read) => new(
        KeyedLines.Number(read("cpuacct", "cpuacct.usage")),
        Memory(read),
        Swap(read));

    private static MemoryStats? Memory(CgroupFileReader read)
    {
        if (KeyedLines.Number(read("memory", "memory.usage_in_bytes")) is not { } usage)
            return null;
        var stat = read("memory", "memory.stat");
        var workingSet = Amounts.Less(usage, KeyedLines.Value(stat, "total_inactive_file"));
        return new MemoryStats
        {
            UsageBytes = usage,
            WorkingSetBytes = workingSet,
            AvailableBytes = Amounts.Left(Limit(read("memory", "memory.limit_in_bytes")), workingSet),
            RssBytes = KeyedLines.Value(stat, "total_rss") ?? 0,
            PageFaults = KeyedLines.Value(stat, "total_pgfault") ?? 0,
            MajorPageFaults = KeyedLines.Value(stat, "total_pgmajfault") ?? 0,
        };
    }

    /// <summary>v1 counts memory and swap together: swap alone is the difference.</summary>
    private static SwapStats? Swap(CgroupFileReader read)
    {
        if (KeyedLines.Number(read("memory", "memory.memsw.usage_in_bytes")) is not { } both)
            return null;
        var usage = Amounts.Less(both, KeyedLines.Number(read("memory", "memory.usage_in_bytes")));
        var limitOfBoth = Limit(read("memory", "memory.memsw.limit_in_bytes"));
        var limitOfMemory = Limit(read("memory", "memory.limit_in_bytes"));
        ulong? limit = limitOfBoth is { } all && limitOfMemory is { } memory ? Amounts.Less(all, memory) : null;
        return new SwapStats { UsageBytes = usage, AvailableBytes = Amounts.Left(limit, usage) };
    }

    private static ulong? Limit(string? text) => KeyedLines.Number(text) is { } limit and < Unlimited ? limit : null;
}
