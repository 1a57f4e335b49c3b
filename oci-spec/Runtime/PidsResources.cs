namespace Crisp.OciSpec.Runtime;

/// <summary>The number of processes.</summary>
public sealed record PidsResources
{
    /// <summary>-1 is unlimited; crun of old takes it literally, so leave the object out instead.</summary>
    public required long Limit { get; init; }
}
