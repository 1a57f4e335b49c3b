namespace Crisp.Pods;

/// <summary>
/// What becomes of a volume that an image declares and no mount of the request covers (crio.image.image_volumes).
/// </summary>
public enum ImageVolumeHandling
{
    /// <summary>A directory in the container's own file system, of the user whom it runs as.</summary>
    MakeDirectory,

    /// <summary>An empty directory of the container's, outside of its file system, is mounted there.</summary>
    Bind,

    Ignore,
}
