namespace Crisp.OciSpec.Runtime;

/// <summary>Access of the cgroup to devices; no type or number means all.</summary>
public sealed record DeviceRule
{
    public required bool Allow { get; init; }

    /// <summary>a, c or b.</summary>
    public string? Type { get; init; }

    public long? Major { get; init; }

    public long? Minor { get; init; }

    /// <summary>Letters out of rwm.</summary>
    public string? Access { get; init; }
}
