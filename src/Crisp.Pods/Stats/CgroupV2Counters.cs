namespace Crisp.Pods.Stats;

/// <summary>Counters of cgroup v2 (Documentation/admin-guide/cgroup-v2.rst).</summary>
internal static class CgroupV2Counters
{
    private const ulong NanosPerMicro = 1000;

    internal static CgroupCounters Read(CgroupFileReader read) => new(
        KeyedLines.Value(read("cpu", "cpu.stat"), "usage_usec") * NanosPerMicro,
        Memory(read),
        Swap(read))
    {
        CpuPressure = PressureFile.Parse(read("cpu", "cpu.pressure")),
        MemoryPressure = PressureFile.Parse(read("memory", "memory.pressure")),
        IoPressure = PressureFile.Parse(read("io", "io.pressure")),
    };

    private static MemoryStats? Memory(CgroupFileReader read)
    {
        if (KeyedLines.Number(read("memory", "memory.current")) is not { } usage)
            return null;
        var stat = read("memory", "memory.stat");
        var workingSet = Amounts.Less(usage, KeyedLines.Value(stat, "inactive_file"));
        return new MemoryStats
        {
            UsageBytes = usage,
            WorkingSetBytes = workingSet,
            AvailableBytes = Amounts.Left(KeyedLines.Number(read("memory", "memory.max")), workingSet),
            RssBytes = KeyedLines.Value(stat, "anon") ?? 0,
            PageFaults = KeyedLines.Value(stat, "pgfault") ?? 0,
            MajorPageFaults = KeyedLines.Value(stat, "pgmajfault") ?? 0,
        };
    }

    private static SwapStats? Swap(CgroupFileReader read) =>
        KeyedLines.Number(read("memory", "memory.swap.current")) is { } usage
            ? new SwapStats
            {
                UsageBytes = usage,
                AvailableBytes = Amounts.Left(KeyedLines.Number(read("memory", "memory.swap.max")), usage)
            }
            : null;
}
