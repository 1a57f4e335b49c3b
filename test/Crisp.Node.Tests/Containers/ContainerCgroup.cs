namespace Crisp.Node.Tests.Containers;

/// <summary>A container's cgroup, as the host sees it.</summary>
internal static class ContainerCgroup
{
    public static bool IsUnified => File.Exists("/sys/fs/cgroup/cgroup.controllers");

    public static bool HasHugePages => IsUnified
        ? File.ReadAllText("/sys/fs/cgroup/cgroup.controllers").Split(' ').Contains("hugetlb")
        : Directory.Exists("/sys/fs/cgroup/hugetlb");

    /// <summary>Swap is counted: a kernel without it has no /proc/swaps, or no file for it with v1.</summary>
    public static bool CanLimitSwap => IsUnified
        ? File.Exists("/proc/swaps")
        : File.Exists("/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes");

    /// <summary>A file of the group: by controller and name with v1, by name alone with v2.</summary>
    public static string Read(TestNode node, string id, string controller, string v1, string v2)
    {
        var cgroup = SlotCgroups.OfContainers(node.Slot).Single(path =>
            path.EndsWith($"crio-{id}", StringComparison.Ordinal)
            && (IsUnified || path.StartsWith($"/sys/fs/cgroup/{controller}/", StringComparison.Ordinal)));
        return File.ReadAllText(Path.Combine(cgroup, IsUnified ? v2 : v1)).Trim();
    }
}
