using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>
/// Image volumes (Mount.image): the files of an image in place of a host path, in the container only. They are
/// read-only whether or not the request says so, as the API has it ("all OCI mounts are per feature definition
/// readonly"): CRI-O's clients leave it out.
/// </summary>
internal static class ImageVolumeRules
{
    public static bool IsImage(Cri.Mount mount) => mount.Image is { Image.Length: > 0 };

    public static void Validate(Cri.Mount mount)
    {
        TextRules.Plain("config.mounts.image.image", mount.Image.Image, Limits.PathBytes);
        if (mount.HostPath.Length > 0)
            throw CrispException.InvalidArgument("config.mounts.host_path", "is given beside an image");
        if (mount.Propagation != Cri.MountPropagation.PropagationPrivate)
            throw CrispException.InvalidArgument("config.mounts.propagation", "an image volume has none");
        if (mount.ImageSubPath.Length > 0)
            PathRules.Inside("config.mounts.image_sub_path", mount.ImageSubPath);
    }
}
