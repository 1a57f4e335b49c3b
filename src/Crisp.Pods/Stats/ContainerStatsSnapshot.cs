namespace Crisp.Pods.Stats;

/// <summary>
/// One reading of a container's counters. A part the kernel does not offer, or no longer has, is null.
/// </summary>
public sealed record ContainerStatsSnapshot
{
    public required ContainerSnapshot Container { get; init; }

    /// <summary>When the cgroup was read: nanoseconds since 1970, UTC.</summary>
    public required long TimestampNanos { get; init; }

    public CpuStats? Cpu { get; init; }

    public MemoryStats? Memory { get; init; }

    public SwapStats? Swap { get; init; }

    /// <summary>Waits for disks; null where the kernel does not tell it of one cgroup.</summary>
    public PressureStats? IoPressure { get; init; }

    /// <summary>Null until the layer was measured for the first time.</summary>
    public WritableLayerStats? WritableLayer { get; init; }
}
