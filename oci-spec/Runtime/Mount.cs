namespace Crisp.OciSpec.Runtime;

/// <summary>One mount (config.md#mounts).</summary>
public sealed record Mount
{
    /// <summary>Absolute, inside the container.</summary>
    public required string Destination { get; init; }

    public string? Type { get; init; }

    public string? Source { get; init; }

    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>For an idmapped mount; needs gidMappings too.</summary>
    public IReadOnlyList<IdMapping>? UidMappings { get; init; }

    public IReadOnlyList<IdMapping>? GidMappings { get; init; }
}
