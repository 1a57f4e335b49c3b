using Crisp.Bundle;
using Crisp.Errors;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// crun before 1.30 makes what it needs in /dev through the links that it finds there, while it still sees the node
/// (CVE-2026-88264, CVE-2026-88265). On the fresh /dev of a container there are none; a volume in its place has its
/// author's. What the node's own /dev has is the node's.
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
            {
                throw new CrispException(ErrorKind.FailedPrecondition,
                    $"mount of {mount.Source} on {mount.ContainerPath}: it would take the place of /dev, where this release of crun follows links to the node "
                    + "(CVE-2026-88264); crun from 1.30 and runc do not");
            }
        }
    }
}
