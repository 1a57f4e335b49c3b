using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle;

/// <summary>
/// Where a container's cgroup is: in the words of the OCI spec (cgroupsPath), and as a directory beneath a cgroup
/// mount. The names crio-ID are the ones that kubelet's cAdvisor knows.
/// </summary>
public sealed record CgroupPlacement(string OciPath, string Directory)
{
    private const string DefaultParent = "/crio";
    private const string DefaultSlice = "system.slice";

    /// <summary>The parent is linux.cgroup_parent of the pod; empty means the default one.</summary>
    public static CgroupPlacement OfContainer(string? parent, CgroupDriver driver, string id)
    {
        var directory = ParentDirectory(parent, driver);
        return driver switch
        {
            CgroupDriver.Systemd => new($"{Slice(parent)}:crio:{id}", $"{directory}/crio-{id}.scope"),
            _ => new($"{directory}/crio-{id}", $"{directory}/crio-{id}"),
        };
    }

    /// <summary>The pod's own directory beneath a cgroup mount, absolute and without a slash at its end.</summary>
    public static string ParentDirectory(string? parent, CgroupDriver driver)
    {
        Validate(parent, driver);
        return driver switch
        {
            CgroupDriver.Systemd => SliceDirectory(Slice(parent)),
            _ => string.IsNullOrEmpty(parent) ? DefaultParent : PathRules.Clean(parent),
        };
    }

    /// <summary>
    /// Refuses a parent that the driver cannot use. A kubelet that is set to the other driver shows here first, so the
    /// sentences are CRI-O's, which administrators search for.
    /// </summary>
    public static void Validate(string? parent, CgroupDriver driver)
    {
        if (string.IsNullOrEmpty(parent))
            return;
        const string field = "linux.cgroup_parent";
        TextRules.Plain(field, parent, Limits.PathBytes);
        var isSlice = parent.EndsWith(".slice", StringComparison.Ordinal);
        if (driver == CgroupDriver.Systemd)
        {
            if (!isSlice)
            {
                throw CrispException.InvalidArgument(field,
                    $"crisp is configured with the systemd cgroup manager, but did not receive a slice as parent: {parent}");
            }

            SystemdSlice.Validate(field, Slice(parent));
            return;
        }

        if (isSlice)
        {
            throw CrispException.InvalidArgument(field,
                $"crisp is configured with the cgroupfs cgroup manager, but received a systemd slice as parent: {parent}");
        }

        PathRules.Inside(field, parent); // as with cri-o the slash in front may be missing: the mount's root is meant
        if (PathRules.Clean(parent) == "/")
            throw CrispException.InvalidArgument(field, "the root cgroup cannot hold pods");
    }

    /// <summary>kubelet sends the expanded path; only its last element names the slice.</summary>
    private static string Slice(string? parent) =>
        string.IsNullOrEmpty(parent) ? DefaultSlice : parent[(parent.LastIndexOf('/') + 1)..];

    private static string SliceDirectory(string slice) => SystemdSlice.Expand(slice);
}
