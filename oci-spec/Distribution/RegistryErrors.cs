namespace Crisp.OciSpec.Distribution;

/// <summary>The body of a registry's error response (distribution-spec, "Error codes").</summary>
public sealed record RegistryErrors
{
    public IReadOnlyList<RegistryError>? Errors { get; init; }
}
