using Crisp.Linux;
using Crisp.Pods.Records;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// The cgroup that a pod's containers live in. It is kubelet's, which makes and removes it; where a client did not make
/// it, crisp does, and then it goes with the last pod in it.
/// </summary>
internal static class PodCgroup
{
    /// <summary>
    /// How many groups at the end of a path are crisp's: missing now, or made for a pod that is still there.
    /// </summary>
    internal static int CountOwned(string parent, IEnumerable<Pod> pods)
    {
        var missing = Upwards(parent).TakeWhile(group => !Cgroups.Exists(group)).Count();
        return missing > 0
            ? missing
            : pods.Where(pod => pod.Record.CgroupParent == parent)
                .Select(pod => pod.Record.OwnedCgroups).DefaultIfEmpty().Max();
    }

    internal static void EnsureParent(PodRecord pod)
    {
        if (pod.OwnedCgroups > 0)
            Cgroups.Create(pod.CgroupParent);
    }

    /// <summary>Removes the owned groups from the end of the path up, as far as nobody lives in them.</summary>
    internal static void RemoveParent(PodRecord pod)
    {
        foreach (var group in Upwards(pod.CgroupParent).Take(pod.OwnedCgroups))
        {
            foreach (var directory in Cgroups.Layout.DirectoriesOf(group))
                Directories.TryRemove(directory);
        }
    }

    /// <summary>"/a/b" and "/a".</summary>
    internal static IEnumerable<string> Upwards(string group)
    {
        for (var path = group; path is { Length: > 1 }; path = Path.GetDirectoryName(path))
            yield return path;
    }
}
