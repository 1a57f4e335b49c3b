namespace Crisp.OciSpec.Runtime;

/// <summary>
/// config.json, the whole of it: opencontainers/runtime-spec config.md, the parts that Linux containers use.
/// </summary>
public sealed record Spec
{
    /// <summary>The newest version of the specification this document needs.</summary>
    public required string OciVersion { get; init; }

    public Process? Process { get; init; }

    public Root? Root { get; init; }

    public string? Hostname { get; init; }

    public string? Domainname { get; init; }

    /// <summary>In the order in which the runtime mounts them.</summary>
    public IReadOnlyList<Mount>? Mounts { get; init; }

    public Hooks? Hooks { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public LinuxSpec? Linux { get; init; }
}
