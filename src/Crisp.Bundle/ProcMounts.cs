using Crisp.Bundle.Validation;

namespace Crisp.Bundle;

/// <summary>
/// A fake /proc would swallow what the runtime writes there: LSM labels, sysctls (CVE-2019-19921, CVE-2025-52881). So
/// nothing but these files may be mounted in /proc of a container that is not privileged.
/// </summary>
public static class ProcMounts
{
    /// <summary>What lxcfs and the like put in place of the kernel's view; runc allows the same.</summary>
    private static readonly string[] s_harmless =
    [
        "/proc/cpuinfo",
        "/proc/diskstats", "/proc/meminfo", "/proc/stat", "/proc/swaps", "/proc/uptime", "/proc/loadavg",
        "/proc/slabinfo",
    ];

    /// <param name="path">Where it comes to be, without detours.</param>
    public static bool AreForbiddenAt(string path) =>
        PathRules.IsAtOrBeneath(path, "/proc") && !s_harmless.Contains(path);
}
