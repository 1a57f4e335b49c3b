namespace Crisp.OciSpec.Runtime;

/// <summary>I/O priority of the process (ioprio_set(2)).</summary>
public sealed record IoPriority
{
    /// <summary>IOPRIO_CLASS_X.</summary>
    public required string Class { get; init; }

    public required int Priority { get; init; }
}
