using Crisp.Cdi;
using Crisp.Errors;
using Crisp.Images;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>Where containers come from: the images of the node, and its CDI devices.</summary>
internal sealed class CreationSources(ImageStore images, ImageVolumes volumes, CdiRegistry devices)
{
    internal Snapshots Roots => images.Snapshots;

    internal ImageVolumes Volumes => volumes;

    /// <exception cref="CrispException">NotFound or InvalidArgument: the node does not have what is asked
    /// for.</exception>
    /// <param name="config">The request.</param>
    /// <param name="known">The image of a checkpoint that the request names in the place of an image; else
    /// null.</param>
    internal CreationParts Find(ContainerConfig config, StoredImage? known) => new()
    {
        Image = known ?? images.Find(config.Image.Image)
            ?? throw new CrispException(
                ErrorKind.NotFound, $"image \"{config.Image.Image}\" is not on this node; pull it first"),
        ImageVolumes = volumes.Find(config.Mounts),
        Edits = devices.Resolve(CdiNames.Of(config.CDIDevices.Select(device => device.Name), config.Annotations)),
    };

    /// <summary>Nobody removes the images until disposed.</summary>
    internal IDisposable Retain(CreationParts parts, string holder)
    {
        var held = new Retained();
        try
        {
            foreach (var image in parts.Images)
                held.Add(images.Retain(image.Id, holder));
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private sealed class Retained : List<IDisposable>, IDisposable
    {
        public void Dispose() => ForEach(image => image.Dispose());
    }
}
