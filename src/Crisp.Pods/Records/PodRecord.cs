namespace Crisp.Pods.Records;

/// <summary>What became of a pod: all that is not in its request. A new one is written at each change.</summary>
internal sealed record PodRecord
{
    public required string Id { get; init; }

    public required PodStage Stage { get; init; }

    /// <summary>The boot in which the pod was made: in another one nothing of it runs any more.</summary>
    public required string BootId { get; init; }

    public required long CreatedAtNanos { get; init; }

    /// <summary>The caller of the creation was given the ID.</summary>
    public bool Answered { get; init; }

    public required string RuntimeHandler { get; init; }

    public required string CgroupParent { get; init; }

    /// <summary>
    /// How many groups at the end of the parent's path were not there before crisp's pods, and go with the last of
    /// them.
    /// </summary>
    public int OwnedCgroups { get; init; }

    public IReadOnlyList<string> Ips { get; init; } = [];

    /// <summary>Pinned network namespace; null on the node's network.</summary>
    public string? NetNs { get; init; }

    public string? IpcNs { get; init; }

    public string? UtsNs { get; init; }

    /// <summary>The SELinux level that its containers share; null where they have no labels.</summary>
    public string? SELinuxLevel { get; init; }

    /// <summary>Pinned user namespace, which owns the others; null where the pod's users are the node's.</summary>
    public string? UserNs { get; init; }

    /// <summary>
    /// Bytes of the LinuxContainerResources that the last update gave for the overhead; null: those of the request.
    /// </summary>
    public byte[]? Overhead { get; init; }

    /// <summary>The same of the pod's resources.</summary>
    public byte[]? Resources { get; init; }
}
