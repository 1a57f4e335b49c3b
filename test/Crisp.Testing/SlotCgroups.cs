namespace Crisp.Testing;

/// <summary>The cgroups beneath a node's parent, in each hierarchy that this machine has.</summary>
public static class SlotCgroups
{
    private const string Mount = "/sys/fs/cgroup";

    /// <summary>The directories of the parent: one with cgroup v2, one for each controller with v1.</summary>
    public static IEnumerable<string> Parents(NodeSlot slot) =>
        Directory.EnumerateDirectories(Mount).Append(Mount)
            .Where(IsHierarchy)
            .Select(hierarchy => Path.Combine(hierarchy, slot.Prefix))
            .Where(Directory.Exists)
            .Distinct();

    /// <summary>Every cgroup of a container, pod or monitor, wherever it is. kubelet owns those above.</summary>
    public static IEnumerable<string> OfContainers(NodeSlot slot) =>
        Parents(slot).SelectMany(Below)
            .Where(directory => Path.GetFileName(directory).StartsWith("crio-", StringComparison.Ordinal));

    public static void Remove(NodeSlot slot)
    {
        foreach (string parent in Parents(slot).ToList())
        {
            foreach (string directory in Below(parent).Prepend(parent).Reverse().ToList())
                Directory.Delete(directory); // a cgroup's files go with it
        }
    }

    /// <summary>Not the tmpfs that with-node-namespace.sh puts over a hierarchy: crun leaves plain files there.</summary>
    private static bool IsHierarchy(string directory) => File.Exists(Path.Combine(directory, "cgroup.procs"));

    private static IEnumerable<string> Below(string directory) =>
        Directory.EnumerateDirectories(directory).SelectMany(child => Below(child).Prepend(child));
}
