using Crisp.Errors;
using Crisp.Images;
using Crisp.Linux;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// Images whose files are volumes of a container (Mount.image). Each is mounted in the container's directory,
/// read-only, from its creation to its end; the record keeps its image on the node as long as the container exists.
/// </summary>
internal sealed class ImageVolumes(NodeState node, ImageStore images)
{
    /// <summary>kubelet shows this word as the reason.</summary>
    private const string Failed = "ImageVolumeMountFailed";

    /// <summary>The images, in the order of the mounts that name one.</summary>
    internal IReadOnlyList<StoredImage> Find(IEnumerable<Mount> mounts) => [.. mounts.Where(IsImage).Select(mount =>
        images.Find(mount.Image.Image)
        ?? throw new CrispException(ErrorKind.NotFound,
            $"{Failed}: image \"{mount.Image.Image}\" for {mount.ContainerPath} is not on this node; pull it first"))];

    internal async Task MountAsync(
        Container container, IReadOnlyList<StoredImage> volumes, SnapshotView view, CancellationToken cancellation)
    {
        if (volumes.Count > 0)
            Directory.CreateDirectory(node.Layout.ImageVolumes(container.Id));
        for (int i = 0; i < volumes.Count; i++)
            await images.Snapshots.MountReadOnlyAsync(
                PlaceOf(container.Id, i), volumes[i], view, cancellation).ConfigureAwait(false);
    }

    /// <summary>Can be repeated; detached, since a process may hold it that escaped its container.</summary>
    internal void Unmount(string containerId)
    {
        string directory = node.Layout.ImageVolumes(containerId);
        foreach (string volume in Directory.Exists(directory) ? Directory.GetDirectories(directory) : [])
        {
            while (Mounts.Unmount(volume, detach: true))
            {
            }
        }
    }

    /// <summary>
    /// The file or directory that a mount shows: a path without links, in an image that nobody changes.
    /// </summary>
    internal (string Path, bool IsDirectory) Source(string containerId, int index, Mount mount)
    {
        string place = PlaceOf(containerId, index);
        try
        {
            using RootedDirectory image = RootedDirectory.Open(place);
            using FileDescriptor source = mount.ImageSubPath.Trim('/') is { Length: > 0 } inside
                ? image.OpenFile(inside, OpenFlags.PathOnly)
                : image.OpenDirectory("");
            return (new FileInfo(source.ProcPath).LinkTarget!,
                FileStatus.Of(source).IsDirectory); // an open descriptor is a link
        }
        catch (SyscallException error)
        {
            throw new CrispException(
                ErrorKind.InvalidArgument,
                $"{Failed}: config.mounts.image_sub_path: \"{mount.ImageSubPath}\" of image {mount.Image.Image}: {error.Errno.Describe()}", error);
        }
    }

    internal static bool IsImage(Mount mount) => mount.Image is { Image.Length: > 0 };

    private string PlaceOf(string containerId, int index) =>
        Path.Combine(node.Layout.ImageVolumes(containerId), $"{index}");
}
