using Crisp.Linux;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// What a restore leaves that was killed in the middle, as when criu does not end: runc's state directory, which it
/// does not know as a container's, with the root mounted in it once more, and criu's view of the cgroups, mounted in
/// its work directory. Nobody else unmounts them, and they keep the container's files from being deleted.
/// </summary>
internal static class RestoreLeftovers
{
    /// <summary>No process of the restore is there any more.</summary>
    internal static void Remove(string workDirectory, string runtimeState)
    {
        foreach (MountInfo mount in Mounts.Read().Reverse())
        {
            if (IsIn(workDirectory, mount.MountPoint) || IsIn(runtimeState, mount.MountPoint))
                Mounts.Unmount(mount.MountPoint, detach: true);
        }

        TreeRemoval.Remove(runtimeState);
    }

    private static bool IsIn(string directory, string path) =>
        path.StartsWith(directory + "/", StringComparison.Ordinal);
}
