namespace Crisp.OciSpec.Runtime;

/// <summary>The root file system (config.md#root).</summary>
public sealed record Root
{
    /// <summary>Absolute, or relative to the bundle.</summary>
    public required string Path { get; init; }

    public bool? Readonly { get; init; }
}
