using Crisp.Images.Content;
using Crisp.Images.Layers;
using Crisp.Linux;
using Crisp.OciSpec;

namespace Crisp.Images;

/// <summary>Root file systems of containers: an image's layers under a writable directory, by overlayfs.</summary>
public sealed class Snapshots
{
    private readonly LayerStore _layers;

    internal Snapshots(LayerStore layers)
    {
        _layers = layers;
    }

    /// <summary>
    /// Makes {diff,work,merged} under the container's directory and mounts. Returns the path of merged. What a former
    /// mount wrote is kept.
    /// </summary>
    public Task<string> MountAsync(string containerDirectory, StoredImage image, CancellationToken cancellationToken)
    {
        return Task.Run(Mount, cancellationToken);

        string Mount()
        {
            var merged = Path.Combine(containerDirectory, "merged");
            var upper = Path.Combine(containerDirectory, "diff");
            var work = Path.Combine(containerDirectory, "work");
            var chain = image.ChainIds.Select(Digest.Parse).Reverse().ToArray();
            MakeUpper(upper, chain);
            PrivateDirectory.Make(work);
            PrivateDirectory.MakeRoot(merged);
            while (Mounts.Unmount(merged, detach: true))
            {
            }
            string[] lowers = chain.Length == 0 ? [_layers.EmptyDirectory] : [.. chain.Select(_layers.LinkPath)];
            Mounts.Overlay(lowers, upper, work, merged);
            return merged;
        }
    }

    /// <summary>The directory of the topmost layer alone; null where there is none. It is read, and never changed.</summary>
    public string? TopLayerOf(StoredImage image) =>
        image.ChainIds is [.., var top] ? _layers.DiffDirectory(Digest.Parse(top)) : null;

    /// <summary>The files of an image as they are, read-only, at a directory that is made: an image volume.</summary>
    public Task MountReadOnlyAsync(string target, StoredImage image, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            PrivateDirectory.Make(target);
            // A second lower directory, since the kernel takes a single one for a mistake.
            Mounts.Overlay([.. image.ChainIds.Select(Digest.Parse).Reverse().Select(_layers.LinkPath), _layers.EmptyDirectory], null, null, target);
        },
        cancellationToken);

#pragma warning disable CA1822 // one service, whichever of its verbs need the layers
    /// <summary>Not mounted is success.</summary>
    public Task UnmountAsync(string containerDirectory) => Task.Run(() =>
    {
        var merged = Path.Combine(containerDirectory, "merged");
        while (Directory.Exists(merged) && Mounts.Unmount(merged, detach: true))
        {
        }
    });

    /// <summary>The writable directory is the top of the overlay, so its root is the container's: it looks like the image's.</summary>
    private void MakeUpper(string upper, Digest[] chain)
    {
        if (Directory.Exists(upper)) return;
        PrivateDirectory.MakeRoot(upper);
        if (chain.Length == 0) return;
        using var top = UnpackDirectory.Open(_layers.DiffDirectory(chain[0]));
        if (top.DirectoryAttributes(default) is not { } attributes) return;
        using var tree = UnpackDirectory.Open(upper);
        using var root = tree.MakeDirectory(default, out _);
        root.SetAttributes(attributes);
    }
}
