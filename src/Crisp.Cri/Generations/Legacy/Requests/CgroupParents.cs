namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>
/// The pod's cgroup, which the first API gives as a path whatever the driver is: with systemd it becomes the slice of
/// that place, /kubepods/burstable/podu-1 being kubepods-burstable-podu_1.slice, as kubelet itself names it with that
/// driver.
/// </summary>
internal static class CgroupParents
{
    private const string Suffix = ".slice";

    public static string ForSystemd(string path) =>
        path.EndsWith(Suffix, StringComparison.Ordinal) ||
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not { Length: > 0 } parts
            ? path
            : string.Join('-', parts.Select(part => part.Replace('-', '_'))) + Suffix;
}
