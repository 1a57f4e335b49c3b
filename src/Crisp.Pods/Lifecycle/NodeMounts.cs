using Crisp.OciSpec.Runtime;

namespace Crisp.Pods.Lifecycle;

/// <summary>What a container gets mounted, or made, by the node's configuration and its image's.</summary>
internal static class NodeMounts
{
    internal static IReadOnlyList<Mount> Make(
        Container container, ContainerRoot inside, IEnumerable<string> declared, NodeOwners owners, PodsOptions options,
        List<string> notes)
    {
        IReadOnlyList<Mount> defaults = DefaultMountsFile.CopyAll(
            options.DefaultMountsFile, container.Directory, owners.Root, notes);
        string[] asked = [.. container.Config.Mounts.Select(mount => mount.ContainerPath.TrimEnd('/'))];
        IReadOnlyList<string> volumes = [.. DeclaredVolumes.Clean(declared).Except(asked)];
        switch (options.ImageVolumes)
        {
            case ImageVolumeHandling.MakeDirectory:
                inside.MakeDirectories(volumes, owners.User);
                return defaults;
            case ImageVolumeHandling.Bind:
                return [.. defaults,
                    .. DeclaredVolumes.Bind([.. volumes.Where(IsOrdinary)], container.Directory, owners.User)];
            default:
                return defaults;
        }
    }

    /// <summary>An image that declares a volume over the kernel's file systems gets none there.</summary>
    private static bool IsOrdinary(string volume) =>
        !((string[])["/proc", "/sys", "/dev"]).Any(
            tree => volume == tree || volume.StartsWith(tree + "/", StringComparison.Ordinal));
}
