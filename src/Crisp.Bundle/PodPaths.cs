namespace Crisp.Bundle;

/// <summary>The pod's namespaces and files on the host. A null namespace is the node's own.</summary>
public sealed record PodPaths
{
    public string? NetNs { get; init; }

    public string? IpcNs { get; init; }

    public string? UtsNs { get; init; }

    /// <summary>The user namespace that owns the others; its mappings are in <see cref="UserMappings"/>.</summary>
    public string? UserNs { get; init; }

    /// <summary>The PID namespace to join: the pod's for mode POD, the named container's for mode TARGET.</summary>
    public string? PidNs { get; init; }

    public required string ResolvConf { get; init; }

    public required string Hostname { get; init; }

    /// <summary>A hosts file for pods that kubelet gives none, or null.</summary>
    public string? Hosts { get; init; }

    /// <summary>
    /// An empty file that tells programs they run in a container, mounted at /run/.containerenv, read-only since all
    /// containers share it; or null.
    /// </summary>
    public string? ContainerEnv { get; init; }

    public required string ShmDirectory { get; init; }
}
