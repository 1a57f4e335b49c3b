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

    /// <summary>Null: the runtime's own words have to do.</summary>
    internal static string? For(string runtimeMessage) =>
        runtimeMessage.Contains("cgroups in hybrid mode not supported", StringComparison.Ordinal) ? SplitCgroups : null;
}
