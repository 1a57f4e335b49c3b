namespace Crisp.Linux;

/// <summary>
/// Where the host's cgroup hierarchies are mounted: one unified tree (v2), or one tree for each set of controllers
/// (v1; a v2 tree that may be mounted beside those holds no controller of ours).
/// </summary>
public sealed record CgroupLayout
{
    public const string UnifiedMountPoint = "/sys/fs/cgroup";

    public required bool IsUnified { get; init; }

    /// <summary>Controller to mount point; for v2 all have the same.</summary>
    public required IReadOnlyDictionary<string, string> Controllers { get; init; }

    /// <summary>
    /// Every tree in which a container may have a group, once each: on v1 the named one of systemd and a v2 tree
    /// beside it too, since OCI runtimes make groups there.
    /// </summary>
    public required IReadOnlyList<string> Hierarchies { get; init; }

    /// <summary>
    /// The directory of a group ("/kubepods/x") for a controller; null where the host lacks the controller.
    /// </summary>
    public string? DirectoryOf(string controller, string group) =>
        Controllers.TryGetValue(controller, out var mount) ? Join(mount, group) : null;

    /// <summary>The group's directory in every hierarchy.</summary>
    public IEnumerable<string> DirectoriesOf(string group) => Hierarchies.Select(mount => Join(mount, group));

    /// <summary>From the mount table and, for v2, the root's cgroup.controllers.</summary>
    public static CgroupLayout From(IReadOnlyList<MountInfo> mounts, string unifiedControllers)
    {
        var root = mounts.LastOrDefault(mount => mount.MountPoint == UnifiedMountPoint);
        return root?.FileSystemType == "cgroup2" ? Unified(unifiedControllers) : Separate(mounts);
    }

    private static CgroupLayout Unified(string controllers) => new()
    {
        IsUnified = true,
        Controllers = controllers.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(name => name, _ => UnifiedMountPoint),
        Hierarchies = [UnifiedMountPoint],
    };

    private static CgroupLayout Separate(IReadOnlyList<MountInfo> mounts)
    {
        var controllers = new Dictionary<string, string>();
        var hierarchies = new List<string>();
        // which covers the others
        foreach (var mount in mounts.GroupBy(mount => mount.MountPoint).Select(stack => stack.Last()))
        {
            if (mount.FileSystemType is not ("cgroup" or "cgroup2"))
                continue;
            hierarchies.Add(mount.MountPoint);
            if (mount.FileSystemType == "cgroup")
            {
                foreach (var option in mount.SuperOptions.Split(','))
                    controllers.TryAdd(option, mount.MountPoint);
            }
        }

        // What is not a controller among the options of a cgroup file system.
        foreach (var option in (string[])["rw", "ro", "xattr", "noprefix", "clone_children"])
            controllers.Remove(option);
        return new CgroupLayout { IsUnified = false, Controllers = controllers, Hierarchies = hierarchies };
    }

    private static string Join(string mount, string group) => $"{mount}/{group.TrimStart('/')}";
}
