namespace Crisp.Pods;

/// <summary>
/// What pods of a runtime handler can have on this node: the runtime and the kernel must both be able to.
/// </summary>
public sealed record HandlerFeatures
{
    public required string Name { get; init; }

    /// <summary>What is mounted beneath a read-only mount is read-only too.</summary>
    public required bool RecursiveReadOnlyMounts { get; init; }

    public required bool UserNamespaces { get; init; }

    /// <summary>It makes no container where some cgroup controllers are of v1 and some of v2.</summary>
    public bool RefusesSplitCgroups { get; init; }

    /// <summary>The runtime's own release, as it says it; empty where it could not be asked.</summary>
    public string Version { get; init; } = "";

    /// <summary>
    /// Known ways out of containers that this release is too old to have closed, if the package has not.
    /// </summary>
    public IReadOnlyList<string> KnownEscapes { get; init; } = [];
}
