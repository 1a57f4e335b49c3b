namespace Crisp.OciSpec.Runtime;

/// <summary>A namespace to make, or to join where a path is given (config-linux.md#namespaces).</summary>
public sealed record Namespace
{
    /// <summary>pid, network, mount, ipc, uts, user, cgroup or time: see NamespaceTypes.</summary>
    public required string Type { get; init; }

    public string? Path { get; init; }
}
