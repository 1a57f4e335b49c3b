namespace Crisp.Bundle;

/// <summary>What the chosen runtime handler understands, from its probe and its configuration.</summary>
public sealed record RuntimeFacts
{
    /// <summary>The version that the runtime itself reports (crun 1.8.1 refuses newer ones).</summary>
    public required string OciVersion { get; init; }

    /// <summary>
    /// Annotations that steer the runtime, from potentiallyUnsafeConfigAnnotations of its `features`; one that ends in
    /// a dot is a prefix. They are taken out of requests beside the list that is built in.
    /// </summary>
    public IReadOnlyList<string> UnsafeAnnotations { get; init; } = [];

    /// <summary>Annotations, by exact name, that pass in spite of that (allowed_annotations of the handler).</summary>
    public IReadOnlyList<string> AllowedAnnotations { get; init; } = [];

    /// <summary>Annotations of every container of this handler (default_annotations).</summary>
    public IReadOnlyDictionary<string, string> DefaultAnnotations { get; init; } = new Dictionary<string, string>();

    public bool PrivilegedWithoutHostDevices { get; init; }

    /// <summary>It knows the mount option rro, and the kernel mount_setattr(2).</summary>
    public bool RecursiveReadOnlyMounts { get; init; }

    /// <summary>It maps the owners of single mounts (uidMappings and gidMappings of a mount).</summary>
    public bool IdMappedMounts { get; init; }

    /// <summary>
    /// In making a container's /dev, or masking files with its /dev/null, it follows links that are there.
    /// </summary>
    public bool FollowsLinksInDev { get; init; }

    /// <summary>It does not understand the CPU quota -1, which is none, everywhere.</summary>
    public bool CannotRemoveCpuQuota { get; init; }

    /// <summary>
    /// Smallest memory limit under which the runtime itself can start a container (container_min_memory).
    /// </summary>
    public long MinimumMemoryBytes { get; init; }
}
