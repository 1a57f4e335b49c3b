using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// crun before 1.30 makes what it needs in /dev through the links that it finds there, while it still sees the node
/// (CVE-2026-88264, CVE-2026-88265). On the fresh /dev of a container there are none; a volume in its place has its
/// author's. It comes there by the request's word, by a link of the image, or by one in another volume. What the node's
/// own /dev has is the node's.
/// </summary>
internal static class VolumesOverDev
{
    private const string Dev = "/dev";

    /// <exception cref="CrispException">FailedPrecondition: there is one, and the runtime is such a crun.</exception>
    internal static void Refuse(IReadOnlyList<ResolvedMount> mounts, ContainerRoot inside, RuntimeFacts runtime)
    {
        if (!runtime.FollowsLinksInDev)
            return;
        foreach (ResolvedMount mount in mounts.Where(mount => mount.IsDirectory && mount.Source != Dev))
        {
            if (inside.LeadsTo(mount.ContainerPath, Dev))
                throw Refusal(mount, "it would take the place of /dev");
            if (HolderOf(mount, mounts) is { } holder && HasLink(holder.Source, BeneathOf(mount, holder)))
                throw Refusal(mount, $"there is a link on its way in {holder.Source}, which may lead to /dev");
        }
    }

    /// <summary>The volume in which another is mounted.</summary>
    private static ResolvedMount? HolderOf(ResolvedMount mount, IReadOnlyList<ResolvedMount> mounts) =>
        mounts.Where(other => other.IsDirectory && BeneathOf(mount, other).Length > 0)
            .MaxBy(other => PlaceOf(other).Length);

    /// <summary>The path from one to the other; empty where it is not beneath that.</summary>
    private static string BeneathOf(ResolvedMount mount, ResolvedMount holder) =>
        PlaceOf(mount).StartsWith(PlaceOf(holder) + "/", StringComparison.Ordinal)
            ? PlaceOf(mount)[(PlaceOf(holder).Length + 1)..]
            : "";

    private static string PlaceOf(ResolvedMount mount) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(mount.ContainerPath));

    private static bool HasLink(string directory, string path)
    {
        using RootedDirectory volume = RootedDirectory.Open(directory);
        for (int end = Next(path, 0); ; end = Next(path, end + 1))
        {
            if (volume.Status(path[..end], follow: false) is not { } found)
                return false; // the runtime makes what is not there
            if (found.IsSymlink)
                return true;
            if (end == path.Length)
                return false;
        }
    }

    private static int Next(string path, int from) => path.IndexOf('/', from) is >= 0 and var next ? next : path.Length;

    private static CrispException Refusal(ResolvedMount mount, string why) => new(
        ErrorKind.FailedPrecondition,
        $"mount of {mount.Source} on {mount.ContainerPath}: {why}, where this release of crun follows links to the node "
        + "(CVE-2026-88264); crun from 1.30 and runc do not");
}
