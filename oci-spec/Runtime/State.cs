namespace Crisp.OciSpec.Runtime;

/// <summary>What the runtime's verb "state" prints (runtime.md#state).</summary>
public sealed record State
{
    public required string OciVersion { get; init; }

    public required string Id { get; init; }

    /// <summary>creating, created, running or stopped.</summary>
    public required string Status { get; init; }

    public int? Pid { get; init; }

    public required string Bundle { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
