using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>The request's mounts, as recursive binds of what the caller resolved.</summary>
internal static class RequestMounts
{
    public static Oci.Mount[] Build(BundleInput input) => input.Mounts
        .Select(mount => mount.IsImage ? Unmapped(mount, input.Pod) : mount)
        .Select(mount => Convert(mount, input.Runtime)).ToArray();

    /// <summary>
    /// The files of an image have been mapped for the users of the pod, if it has its own, when the image was mounted.
    /// </summary>
    private static ResolvedMount Unmapped(ResolvedMount mount, Cri.PodSandboxConfig pod)
    {
        if (mount.UidMappings.Count > 0 && UserMappings.Of(pod) is null)
        {
            throw CrispException.InvalidArgument("config.mounts.uidMappings",
                $"the image at \"{mount.ContainerPath}\" has the owners of its pod, which has no users of its own");
        }

        return mount with { UidMappings = [], GidMappings = [] };
    }

    private static Oci.Mount Convert(ResolvedMount mount, RuntimeFacts runtime)
    {
        CheckRuntime(mount, runtime);
        return new Oci.Mount
        {
            Destination = PathRules.Clean(mount.ContainerPath),
            Type = "bind",
            Source = mount.Source,
            Options = ["rbind", MountPropagation.Option(mount), Access(mount), .. mount.Options, .. Mapped(mount)],
            UidMappings = mount.UidMappings.Count > 0 ? mount.UidMappings : null,
            GidMappings = mount.GidMappings.Count > 0 ? mount.GidMappings : null,
        };
    }

    /// <summary>crun 1.8 does not look at the mappings without this word.</summary>
    private static string[] Mapped(ResolvedMount mount) => mount.UidMappings.Count > 0 ? ["idmap"] : [];

    private static string Access(ResolvedMount mount) => mount switch
    {
        { RecursiveReadOnly: true } => "rro",
        { ReadOnly: true } => "ro",
        _ => "rw",
    };

    private static void CheckRuntime(ResolvedMount mount, RuntimeFacts runtime)
    {
        if (mount.RecursiveReadOnly && !runtime.RecursiveReadOnlyMounts)
        {
            // kubelet makes the first word the reason that it shows for the pod.
            throw new CrispException(ErrorKind.InvalidArgument,
                $"RROUnsupported: config.mounts.recursive_read_only: the OCI runtime or the kernel of this node cannot mount \"{mount.ContainerPath}\" so");
        }

        if (mount.UidMappings.Count > 0 && !runtime.IdMappedMounts)
        {
            throw CrispException.InvalidArgument("config.mounts.uidMappings",
                $"the OCI runtime of this handler cannot map the owners of \"{mount.ContainerPath}\"");
        }
    }
}
