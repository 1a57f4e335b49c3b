namespace Crisp.OciSpec.Runtime;

/// <summary>Scheduling of the process (sched_setattr(2)).</summary>
public sealed record Scheduler
{
    /// <summary>SCHED_X.</summary>
    public required string Policy { get; init; }

    public int? Nice { get; init; }

    public int? Priority { get; init; }

    public IReadOnlyList<string>? Flags { get; init; }

    /// <summary>Nanoseconds.</summary>
    public ulong? Runtime { get; init; }

    /// <summary>Nanoseconds.</summary>
    public ulong? Deadline { get; init; }

    /// <summary>Nanoseconds.</summary>
    public ulong? Period { get; init; }
}
