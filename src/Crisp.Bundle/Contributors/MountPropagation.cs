using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// Whether mounts travel between host and container. The kernel offers it only where the host's mount does, and where
/// the container's root is no barrier (rootfsPropagation).
/// </summary>
internal static class MountPropagation
{
    public static string Option(ResolvedMount mount)
    {
        switch (mount.Propagation)
        {
            case Cri.MountPropagation.PropagationHostToContainer:
                Require(mount, mount.SourcePropagation != SourcePropagation.Private, "a shared or slave");
                return "rslave";
            case Cri.MountPropagation.PropagationBidirectional:
                Require(mount, mount.SourcePropagation == SourcePropagation.Shared, "a shared");
                return "rshared";
            default:
                return "rprivate";
        }
    }

    /// <summary>The widest that a mount needs; null leaves the runtime's default.</summary>
    public static string? OfRoot(IReadOnlyList<ResolvedMount> mounts)
    {
        if (mounts.Any(mount => mount.Propagation == Cri.MountPropagation.PropagationBidirectional))
            return "rshared";
        return mounts.Any(mount => mount.Propagation == Cri.MountPropagation.PropagationHostToContainer)
            ? "rslave"
            : null;
    }

    private static void Require(ResolvedMount mount, bool holds, string kind)
    {
        if (!holds)
        {
            throw CrispException.InvalidArgument("mounts.propagation",
                $"\"{mount.Source}\", to be mounted at \"{mount.ContainerPath}\", is not on {kind} mount of the host");
        }
    }
}
