using System.Globalization;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// Properties of a container's scope, with the systemd driver, as annotations that runc and crun hand on: at shutdown
/// systemd stops containers before the daemon, and gives them the grace that kubelet would (as CRI-O does). Without a
/// limit of crisp's, systemd's own for any unit (DefaultTasksMax) must not take its place.
/// </summary>
internal static class SystemdProperties
{
    private const string Prefix = "org.systemd.property.";

    /// <summary>Seconds; kubelet puts it on every container of a pod.</summary>
    private const string GracePeriod = "io.kubernetes.pod.terminationGracePeriod";

    /// <summary>
    /// No pod has a longer grace than a week; text that is no number is somebody's try to write units.
    /// </summary>
    private const ulong LongestGrace = 7 * 24 * 3600;

    public static IEnumerable<KeyValuePair<string, string>> Build(BundleInput input)
    {
        if (input.CgroupDriver != CgroupDriver.Systemd)
            yield break;
        yield return new($"{Prefix}DefaultDependencies", "true");
        yield return new($"{Prefix}After", "['crisp.service']");
        if (input.Options.PidsLimit <= 0)
            yield return new($"{Prefix}TasksMax", $"uint64 {ulong.MaxValue}");
        bool hasGrace = input.Container.Annotations.TryGetValue(GracePeriod, out string? text);
        if (hasGrace && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= LongestGrace)
            yield return new($"{Prefix}TimeoutStopUSec", $"uint64 {seconds}000000");
    }
}
