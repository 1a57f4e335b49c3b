namespace Crisp.Pods.Stats;

/// <summary>
/// What the kernel counts for one cgroup, whichever version it speaks. A part that is not there is null.
/// </summary>
internal sealed record CgroupCounters(ulong? CpuNanos, MemoryStats? Memory, SwapStats? Swap)
{
    internal static CgroupCounters None { get; } = new(null, null, null);

    internal PressureStats? CpuPressure { get; init; }

    internal PressureStats? MemoryPressure { get; init; }

    internal PressureStats? IoPressure { get; init; }
}
