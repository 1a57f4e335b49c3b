using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.OciSpec.Runtime;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// Refusals of mounts by where they come to be, which links of the image and of other volumes decide. What the request
/// itself says has been looked at before.
/// </summary>
internal static class MountPlaceRules
{
    private const string Dev = "/dev";

    /// <summary>
    /// On a thread of its own: a volume that another is mounted in may have a server that does not answer.
    /// </summary>
    /// <exception cref="CrispException">FailedPrecondition: one comes to be where none may.</exception>
    internal static Task RequireAsync(
        Spec spec, string root, bool isPrivileged, RuntimeFacts runtime, CancellationToken cancellation) =>
        Task.Factory.StartNew(
            () => Require(spec.Mounts ?? [], root, isPrivileged, runtime), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(cancellation);

    private static void Require(IEnumerable<Mount> mounts, string root, bool isPrivileged, RuntimeFacts runtime)
    {
        using RootedDirectory inside = RootedDirectory.Open(root);
        MountPlaces places = new(inside);
        foreach (Mount mount in mounts)
        {
            string place = places.Add(mount);
            bool isElsewhere = place != mount.Destination;
            if (isElsewhere && place.Length == 0)
                throw Refusal(mount, "a link leads it to the root itself, which cannot be mounted over");
            if (isElsewhere && !isPrivileged && ProcMounts.AreForbiddenAt(place))
                throw Refusal(mount, $"a link leads it to {place}, which only a privileged container may mount over");
            if (runtime.FollowsLinksInDev && place == Dev && IsVolumeOfOthers(mount))
            {
                throw Refusal(mount, "it would take the place of /dev, where this release of the OCI runtime follows "
                    + "links (CVE-2026-88264, CVE-2025-31133); crun from 1.30 and runc from 1.2.8 or 1.3.3 do not");
            }
        }
    }

    /// <summary>
    /// crun before 1.30 makes what it needs in /dev through the links that it finds there, while it still sees the node
    /// (CVE-2026-88264, CVE-2026-88265); runc before 1.2.8 or 1.3.3 covers what is masked with whatever a link in the
    /// place of /dev/null leads to, which may be the masked file itself (CVE-2025-31133). On the fresh /dev of a
    /// container there are none; a volume in its place has its author's. What the node's own /dev has is the node's.
    /// </summary>
    private static bool IsVolumeOfOthers(Mount mount) => mount is { Type: "bind", Source: not (null or Dev) };

    private static CrispException Refusal(Mount mount, string why) => new(
        ErrorKind.FailedPrecondition, $"mount of {mount.Source} on {mount.Destination}: {why}");
}
