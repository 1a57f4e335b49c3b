namespace Crisp.OciSpec.Runtime;

/// <summary>One program to call.</summary>
public sealed record Hook
{
    public required string Path { get; init; }

    /// <summary>argv with argv[0].</summary>
    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Seconds, more than 0.</summary>
    public int? Timeout { get; init; }
}
