namespace Crisp.Pods.Stats;

/// <summary>Processor time of a cgroup.</summary>
public sealed record CpuStats
{
    public required ulong UsageCoreNanoSeconds { get; init; }

    /// <summary>Nanoseconds of processor time per second between the last two readings; null at the first.</summary>
    public ulong? UsageNanoCores { get; init; }

    /// <summary>Null where the kernel does not tell it of one cgroup (v1, or PSI switched off).</summary>
    public PressureStats? Pressure { get; init; }
}
