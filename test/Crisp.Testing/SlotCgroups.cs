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

    /// <summary>A process that was killed is in its group for a moment after it can be seen nowhere else.</summary>
    public static Task RemoveAsync(NodeSlot slot) =>
        Eventually.BecomesTrueAsync($"no cgroup of {slot.Prefix}", () => Parents(slot).ToList().All(TryRemove));

    private static bool TryRemove(string parent)
    {
        try
        {
            foreach (var directory in Below(parent).Prepend(parent).Reverse().ToList())
                Directory.Delete(directory); // a cgroup's files go with it
            return true;
        }
        catch (IOException)
        {
            return false; // it is busy, or goes by itself at this moment
        }
    }

    /// <summary>
    /// Not the tmpfs that with-node-namespace.sh puts over a hierarchy: crun leaves plain files there.
    /// </summary>
    private static bool IsHierarchy(string directory) => File.Exists(Path.Combine(directory, "cgroup.procs"));

    private static IEnumerable<string> Below(string directory) =>
        Children(directory).SelectMany(child => Below(child).Prepend(child));

    private static string[] Children(string directory)
    {
        try
        {
            return Directory.GetDirectories(directory);
        }
        catch (DirectoryNotFoundException)
        {
            return []; // groups go while somebody looks
        }
    }
}
