namespace Crisp.OciRuntime;

/// <summary>What to do about refusals of runtimes that do not say so themselves.</summary>
public static class RuntimeRemedies
{
    /// <summary>
    /// crun works with controllers of cgroup v1 or of v2, not with some of each (all releases that know v1).
    /// </summary>
    public const string SplitCgroups =
        "give the host cgroup v2 alone, or run `mount -t tmpfs none /sys/fs/cgroup/unified` before crisp starts, "
        + "or set default_runtime = \"runc\" in [crio.runtime]";

    /// <summary>
    /// mount_setattr's EINVAL: the file system's owners cannot be mapped, as those of tmpfs before Linux 6.3.
    /// </summary>
    internal const string UnmappedFileSystem =
        "this kernel cannot map the owners of files on that file system: pods with users of their own take Linux 6.3 "
        + "for volumes on tmpfs, which secrets and service account tokens are";

    /// <summary>Null: the runtime's own words have to do.</summary>
    internal static string? For(string runtimeMessage)
    {
        if (runtimeMessage.Contains("cgroups in hybrid mode not supported", StringComparison.Ordinal))
            return SplitCgroups;
        return runtimeMessage.Contains("mount_setattr", StringComparison.Ordinal)
            && runtimeMessage.Contains("Invalid argument", StringComparison.OrdinalIgnoreCase)
            ? UnmappedFileSystem
            : null;
    }
}
