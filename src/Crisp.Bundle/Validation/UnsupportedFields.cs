using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>
/// Fields that are not honoured yet, refused by name so that nobody believes they are. Each line goes when its feature
/// comes.
/// </summary>
internal static class UnsupportedFields
{
    public static void Refuse(Cri.ContainerConfig config)
    {
        RefuseIf(config.CDIDevices.Count > 0, "CDI_devices", "CDI devices are");
        RefuseIf(config.Annotations.Keys.Any(key => key.StartsWith("cdi.k8s.io/", StringComparison.Ordinal)),
            "annotations[cdi.k8s.io/]", "CDI devices are");
        foreach (Cri.Mount mount in config.Mounts)
            Refuse(mount);
    }

    private static void Refuse(Cri.Mount mount)
    {
        RefuseIf(!string.IsNullOrEmpty(mount.Image?.Image), "mounts.image", "image volumes are");
        RefuseIf(mount.ImageSubPath.Length > 0, "mounts.image_sub_path", "image volumes are");
        RefuseIf(mount.RecursiveReadOnly, "mounts.recursive_read_only", "recursively read-only mounts are");
        RefuseIf(mount.UidMappings.Count > 0, "mounts.uidMappings", "ID-mapped mounts are");
        RefuseIf(mount.GidMappings.Count > 0, "mounts.gidMappings", "ID-mapped mounts are");
        RefuseIf(mount.MountOptions.Count > 0, "mounts.mount_options", "extra mount options are");
    }

    private static void RefuseIf(bool isSet, string field, string what)
    {
        if (isSet)
            throw new CrispException(ErrorKind.Unimplemented, $"config.{field}: {what} not supported yet");
    }
}
