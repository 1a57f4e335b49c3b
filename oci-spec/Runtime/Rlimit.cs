namespace Crisp.OciSpec.Runtime;

/// <summary>One resource limit (config.md#posix-process).</summary>
public sealed record Rlimit
{
    /// <summary>RLIMIT_X.</summary>
    public required string Type { get; init; }

    public required ulong Hard { get; init; }

    public required ulong Soft { get; init; }
}
