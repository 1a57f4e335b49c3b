namespace Crisp.Bundle.Seccomp;

/// <summary>
/// When a rule is part of the filter. As "includes" all of it must hold; as "excludes" any of it takes the rule out.
/// </summary>
internal sealed record ProfileCondition
{
    /// <summary>Capabilities of the container's bounding set, with CAP_.</summary>
    public IReadOnlyList<string>? Caps { get; init; }

    /// <summary>The host's architecture as Go calls it: amd64, arm64, …</summary>
    public IReadOnlyList<string>? Arches { get; init; }

    /// <summary>The kernel's version, such as "4.8", or a newer one.</summary>
    public string? MinKernel { get; init; }
}
