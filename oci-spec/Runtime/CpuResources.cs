namespace Crisp.OciSpec.Runtime;

/// <summary>CPU limits.</summary>
public sealed record CpuResources
{
    /// <summary>Relative weight, v1 scale (2 to 262144).</summary>
    public ulong? Shares { get; init; }

    /// <summary>Microseconds per period; negative is unlimited.</summary>
    public long? Quota { get; init; }

    /// <summary>Microseconds.</summary>
    public ulong? Burst { get; init; }

    /// <summary>Microseconds.</summary>
    public ulong? Period { get; init; }

    /// <summary>Microseconds.</summary>
    public long? RealtimeRuntime { get; init; }

    /// <summary>Microseconds.</summary>
    public ulong? RealtimePeriod { get; init; }

    /// <summary>CPU list.</summary>
    public string? Cpus { get; init; }

    /// <summary>Memory node list.</summary>
    public string? Mems { get; init; }

    /// <summary>1: SCHED_IDLE for the group.</summary>
    public long? Idle { get; init; }
}
