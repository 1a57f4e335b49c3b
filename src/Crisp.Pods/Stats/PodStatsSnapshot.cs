namespace Crisp.Pods.Stats;

/// <summary>
/// One reading of what a pod uses as a whole. A part the kernel does not offer, or no longer has, is null.
/// </summary>
public sealed record PodStatsSnapshot
{
    public required PodSnapshot Pod { get; init; }

    /// <summary>When the cgroups were read: nanoseconds since 1970, UTC.</summary>
    public required long TimestampNanos { get; init; }

    public CpuStats? Cpu { get; init; }

    public MemoryStats? Memory { get; init; }

    public PressureStats? IoPressure { get; init; }

    /// <summary>Null on the node's network, and once the pod is stopped.</summary>
    public NetworkStats? Network { get; init; }

    public required ulong Processes { get; init; }

    /// <summary>Of the containers that have not exited.</summary>
    public required IReadOnlyList<ContainerStatsSnapshot> Containers { get; init; }
}
