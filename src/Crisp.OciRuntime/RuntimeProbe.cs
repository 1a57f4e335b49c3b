namespace Crisp.OciRuntime;

/// <summary>What a runtime says of itself, asked once when the daemon starts.</summary>
public sealed record RuntimeProbe
{
    /// <summary>Its release, "1.8.1" for instance.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// The newest OCI runtime spec it knows: what config.json must say. crun 1.8.1 refuses a newer one.
    /// </summary>
    public required string OciVersion { get; init; }

    /// <summary>
    /// It has the verb `features`, from which the rest comes; else from what its version is known to do.
    /// </summary>
    public required bool HasFeatures { get; init; }

    /// <summary>It makes no container where some cgroup controllers are of v1 and some of v2.</summary>
    public bool RefusesSplitCgroups { get; init; }

    /// <summary>
    /// Known ways out of its containers, by what its version number says; see <see cref="KnownEscapes"/>.
    /// </summary>
    public IReadOnlyList<string> KnownEscapes { get; init; } = [];

    /// <summary>
    /// The administrator's settings of criu under this runtime, in whose place the annotation org.criu.config names
    /// another file; null where the runtime is not known to do so.
    /// </summary>
    public string? CriuFile { get; init; }

    /// <summary>
    /// On cgroup v2 its restore lets criu put the processes where they were when they were checkpointed, not into the
    /// new container's group (runc 1.1, with criu 3.17).
    /// </summary>
    public bool LeavesCgroupsToCriu { get; init; }

    /// <summary>The mount option rro.</summary>
    public bool RecursiveReadOnlyMounts { get; init; }

    /// <summary>ID mappings of single mounts (linux.mountExtensions.idmap).</summary>
    public bool IdMappedMounts { get; init; }

    /// <summary>
    /// In making a container's /dev, or masking files with its /dev/null, it follows links that are there
    /// (CVE-2026-88264, CVE-2025-31133).
    /// </summary>
    public bool FollowsLinksInDev { get; init; }

    /// <summary>
    /// The CPU quota -1, which is none, it writes as 2⁶⁴-1 on cgroup v1 (ERANGE), and without a period not at all on v2
    /// (crun 1.8.1).
    /// </summary>
    public bool CannotRemoveCpuQuota { get; init; }

    /// <summary>
    /// Annotations that steer it; one that ends in a dot is a prefix (potentiallyUnsafeConfigAnnotations).
    /// </summary>
    public IReadOnlyList<string> UnsafeAnnotations { get; init; } = [];
}
