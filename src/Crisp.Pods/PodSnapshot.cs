using Runtime.V1;

namespace Crisp.Pods;

/// <summary>
/// A pod sandbox as it was at one moment. Readers take it without a lock; nobody changes it, the messages inside
/// included.
/// </summary>
public sealed record PodSnapshot
{
    /// <summary>64 lowercase hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>What was asked for, byte for byte.</summary>
    public required PodSandboxConfig Config { get; init; }

    public required PodPhase Phase { get; init; }

    /// <summary>Nanoseconds since 1970, UTC.</summary>
    public required long CreatedAtNanos { get; init; }

    /// <summary>The handler's name, never empty: a request without one got the default.</summary>
    public required string RuntimeHandler { get; init; }

    /// <summary>All addresses in the order of the CNI result; none on the node's network.</summary>
    public required IReadOnlyList<string> Ips { get; init; }

    /// <summary>Where the network namespace is pinned; null on the node's network and after the stop.</summary>
    public string? NetNsPath { get; init; }

    /// <summary>
    /// The pod's other namespaces, pinned: by the OCI's name of the kind. Those of the node are not there.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> OtherNamespaces { get; init; } = [];

    /// <summary>The init of a pod that shares its PID namespace.</summary>
    public int? InitPid { get; init; }

    /// <summary>Parent cgroup of the pod's containers, as a path below the controllers' mounts.</summary>
    public required string CgroupParent { get; init; }

    /// <summary>The pod's directory below the state directory.</summary>
    public required string Directory { get; init; }

    /// <summary>What kubelet last said that the pod's sandbox takes by itself; null where it never did.</summary>
    public LinuxContainerResources? Overhead { get; init; }

    /// <summary>The same of the sum of its containers.</summary>
    public LinuxContainerResources? Resources { get; init; }
}
