namespace Crisp.Pods.Stats;

/// <summary>Memory of a cgroup in bytes, in the words of CRI's MemoryUsage.</summary>
public sealed record MemoryStats
{
    public required ulong UsageBytes { get; init; }

    /// <summary>Usage less the inactive file pages: what kubelet evicts by.</summary>
    public required ulong WorkingSetBytes { get; init; }

    /// <summary>Limit less working set; null without a limit.</summary>
    public ulong? AvailableBytes { get; init; }

    public required ulong RssBytes { get; init; }

    public required ulong PageFaults { get; init; }

    public required ulong MajorPageFaults { get; init; }

    /// <summary>Null where the kernel does not tell it of one cgroup (v1, or PSI switched off).</summary>
    public PressureStats? Pressure { get; init; }
}
