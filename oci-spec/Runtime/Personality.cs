namespace Crisp.OciSpec.Runtime;

/// <summary>Execution domain (config-linux.md#personality).</summary>
public sealed record Personality
{
    /// <summary>LINUX or LINUX32.</summary>
    public required string Domain { get; init; }

    public IReadOnlyList<string>? Flags { get; init; }
}
