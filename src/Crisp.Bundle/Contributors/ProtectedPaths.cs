using Crisp.Bundle.Validation;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// Paths of /proc and /sys that are hidden or made read-only. As CRI-O does: a list in the request is completed with
/// the fixed one, an empty list means procMount Unmasked. A request without any security context gets the fixed lists.
/// </summary>
internal static class ProtectedPaths
{
    private static readonly string[] AlwaysMasked =
    [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats", "/sys/devices/virtual/powercap",
        "/sys/firmware", "/sys/fs/selinux",
    ];

    private static readonly string[] DefaultReadOnly =
        ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    public static IReadOnlyList<string>? Masked(BundleInput input)
    {
        if (input.IsPrivileged)
            return null;
        IReadOnlyCollection<string> asked = input.HasSecurityContext ? input.Security.MaskedPaths : AlwaysMasked;
        if (asked.Count == 0)
            return null;
        return asked.Select(PathRules.Clean)
            .Concat(AlwaysMasked).Concat(input.Host.ThermalThrottlePaths).Distinct().ToArray();
    }

    public static IReadOnlyList<string>? ReadOnly(BundleInput input)
    {
        if (input.IsPrivileged)
            return null;
        IReadOnlyCollection<string> asked = input.HasSecurityContext ? input.Security.ReadonlyPaths : DefaultReadOnly;
        return asked.Count == 0 ? null : asked.Select(PathRules.Clean).Distinct().ToArray();
    }
}
