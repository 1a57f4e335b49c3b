namespace Crisp.OciSpec.Distribution;

/// <summary>One error of a registry.</summary>
public sealed record RegistryError
{
    /// <summary>MANIFEST_UNKNOWN, DENIED, TOOMANYREQUESTS, ….</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }
}
