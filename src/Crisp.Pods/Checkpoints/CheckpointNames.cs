namespace Crisp.Pods.Checkpoints;

/// <summary>
/// What a checkpoint archive holds, in the names that kubelet's users, podman, cri-o and checkpointctl share.
/// </summary>
internal static class CheckpointNames
{
    /// <summary>Which container it was, of which image: <see cref="ConfigDump"/>.</summary>
    internal const string Config = "config.dump";

    /// <summary>The OCI runtime's config.json of the container.</summary>
    internal const string Spec = "spec.dump";

    /// <summary>criu's image files.</summary>
    internal const string Images = "checkpoint";

    /// <summary>criu's log.</summary>
    internal const string DumpLog = "dump.log";

    /// <summary>The same of a restore.</summary>
    internal const string RestoreLog = "restore.log";

    /// <summary>criu's statistics.</summary>
    internal const string Statistics = "stats-dump";

    /// <summary>What the container had written over its image.</summary>
    internal const string RootDiff = "rootfs-diff.tar";

    /// <summary>A JSON array of the files of the image that the container had deleted.</summary>
    internal const string Deleted = "deleted.files";

    /// <summary>The container's log, under the name that cri-o gives it.</summary>
    internal const string Log = "io.kubernetes.cri-o.LogPath";

    /// <summary>
    /// Where cri-o keeps a container's annotations in its spec, and looks for them when it restores one.
    /// </summary>
    internal const string SpecAnnotations = "io.kubernetes.cri-o.Annotations";

    /// <summary>
    /// An image with one of these annotations holds an archive's files: cri-o's older name, and the common one.
    /// </summary>
    internal static readonly string[] ImageAnnotations =
        ["io.kubernetes.cri-o.annotations.checkpoint.name", "org.criu.checkpoint.container.name"];
}
