using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>
/// Refusals of mounts by what the request says; what is on disk is looked at when they are resolved. Two at the same
/// place are no contradiction (device plugins send such): they are made in the request's order, and the last one shows.
/// </summary>
internal static class MountRules
{
    public static void Validate(IReadOnlyList<Cri.Mount> mounts, bool isPrivileged)
    {
        TextRules.Count("config.mounts", mounts.Count, Limits.Mounts);
        foreach (Cri.Mount mount in mounts)
        {
            Destination("config.mounts.container_path", mount.ContainerPath, isPrivileged);
            if (!Enum.IsDefined(mount.Propagation))
                throw CrispException.InvalidArgument(
                    "config.mounts.propagation", $"{mount.Propagation} is not a kind of propagation");
            RecursiveReadOnly(mount);
            MountOptionRules.Validate(mount.MountOptions);
            MountMappingRules.Validate(mount);
            if (ImageVolumeRules.IsImage(mount))
                ImageVolumeRules.Validate(mount);
            else
                HostPath(mount);
        }
    }

    /// <summary>Also of a volume that the image declares, a CDI mount and the like.</summary>
    public static void Destination(string field, string path, bool isPrivileged)
    {
        PathRules.Absolute(field, path);
        var clean = PathRules.Clean(path);
        if (clean == "/")
            throw CrispException.InvalidArgument(field, "the root itself cannot be mounted over");
        if (!isPrivileged && ProcMounts.AreForbiddenAt(clean))
            throw CrispException.InvalidArgument(
                field, $"\"{path}\" lies in /proc, which only a privileged container may mount over");
    }

    private static void HostPath(Cri.Mount mount)
    {
        PathRules.Absolute("config.mounts.host_path", mount.HostPath);
        if (mount.ImageSubPath.Length > 0)
            throw CrispException.InvalidArgument(
                "config.mounts.image_sub_path", "is given for a mount without an image");
    }

    private static void RecursiveReadOnly(Cri.Mount mount)
    {
        if (mount.RecursiveReadOnly && !mount.Readonly)
            throw CrispException.InvalidArgument(
                "config.mounts.recursive_read_only", "recursive read-only mount conflicts with read-write mount");
        if (mount.RecursiveReadOnly && mount.Propagation != Cri.MountPropagation.PropagationPrivate)
            throw CrispException.InvalidArgument(
                "config.mounts.recursive_read_only", "recursive read-only mount requires private propagation");
    }
}
