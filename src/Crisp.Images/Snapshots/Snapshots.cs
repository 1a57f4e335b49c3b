using Crisp.Images.Content;
using Crisp.Images.Layers;
using Crisp.Linux;
using Crisp.OciSpec;

namespace Crisp.Images;

/// <summary>Root file systems of containers: an image's layers under a writable directory, by overlayfs.</summary>
public sealed class Snapshots
{
    private const string MappedLayers = "mapped";

    private const UnixFileMode PassableByGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;

    private readonly LayerStore _layers;

    internal Snapshots(LayerStore layers)
    {
        _layers = layers;
    }

    /// <summary>
    /// Makes {diff,work,merged} under the container's directory and mounts. Returns the path of merged. What a former
    /// mount wrote is kept.
    /// </summary>
    /// <param name="containerDirectory">The container's own.</param>
    /// <param name="image">Whose layers it is made of.</param>
    /// <param name="view">The user namespace that sees its files as the image has them, and their label.</param>
    /// <param name="cancellationToken">Before it begins.</param>
    public Task<string> MountAsync(
        string containerDirectory, StoredImage image, SnapshotView view, CancellationToken cancellationToken)
    {
        return Task.Run(Mount, cancellationToken);

        string Mount()
        {
            var merged = Path.Combine(containerDirectory, "merged");
            var upper = Path.Combine(containerDirectory, "diff");
            var work = Path.Combine(containerDirectory, "work");
            var chain = image.ChainIds.Select(Digest.Parse).Reverse().ToArray();
            MakeUpper(upper, chain, view.Users);
            PrivateDirectory.Make(work);
            PrivateDirectory.MakeRoot(merged);
            while (Mounts.Unmount(merged, detach: true))
            {
            }
            string[] lowers = chain.Length == 0 ? [_layers.EmptyDirectory] : [.. chain.Select(_layers.LinkPath)];
            if (view.Users is { } users)
                OverlayMapped(lowers, containerDirectory, users, view.Label);
            else
                Mounts.Overlay(lowers, upper, work, merged, view.Label);
            return merged;
        }
    }

    /// <summary>
    /// The directory of the topmost layer alone; null where there is none. It is read, and never changed.
    /// </summary>
    public string? TopLayerOf(StoredImage image) =>
        image.ChainIds is [.., var top] ? _layers.DiffDirectory(Digest.Parse(top)) : null;

    /// <summary>The files of an image as they are, read-only, at a directory that is made: an image volume.</summary>
    public Task MountReadOnlyAsync(
        string target, StoredImage image, SnapshotView view, CancellationToken cancellationToken) => Task.Run(
            () =>
            {
                PrivateDirectory.Make(target);
                // A second lower directory, since the kernel takes a single one for a mistake.
                string[] lowers = [.. image.ChainIds.Select(Digest.Parse).Reverse().Select(_layers.LinkPath),
                    _layers.EmptyDirectory];
                if (view.Users is { } users)
                    WithMappedLayers(target + ".layers", users, Over);
                else
                    Over("");

                void Over(string above) => Mounts.Overlay(
                    [.. lowers.Select(lower => AsSeenFrom(above, lower))], null, null, target, view.Label);
            },
            cancellationToken);

#pragma warning disable CA1822 // one service, whichever of its verbs need the layers
    /// <summary>Not mounted is success.</summary>
    public Task UnmountAsync(string containerDirectory) => Task.Run(() =>
    {
        foreach (var mount in (string[])["merged", MappedLayers])
        {
            var target = Path.Combine(containerDirectory, mount);
            while (Directory.Exists(target) && Mounts.Unmount(target, detach: true))
            {
            }
        }
    });

    /// <summary>
    /// What the container writes is on the disk under the node's IDs. Its root process, which is nobody here, passes
    /// the container's directory by its group.
    /// </summary>
    private void OverlayMapped(string[] lowers, string containerDirectory, SnapshotUsers users, string? label)
    {
        WithMappedLayers(Path.Combine(containerDirectory, MappedLayers), users, mapped => Mounts.Overlay(
            [.. lowers.Select(lower => AsSeenFrom(mapped, lower))],
            Path.Combine(containerDirectory, "diff"), Path.Combine(containerDirectory, "work"),
            Path.Combine(containerDirectory, "merged"), label));
        FileOwner.Set(containerDirectory, 0, users.HostGid(0));
        File.SetUnixFileMode(containerDirectory, PassableByGroup);
    }

    /// <summary>
    /// All layers appear with shifted owners at one place, for as long as it takes to make the overlay: that has copies
    /// of its lower mounts.
    /// </summary>
    private void WithMappedLayers(string mapped, SnapshotUsers users, Action<string> mount)
    {
        PrivateDirectory.Make(mapped);
        Mounts.BindMapped(_layers.Root, mapped, users.NamespaceFile);
        try
        {
            mount(mapped);
        }
        finally
        {
            Mounts.Unmount(mapped, detach: true);
        }
    }

    /// <summary>A path of the layers' at the place where they appear mapped; itself where that is empty.</summary>
    private string AsSeenFrom(string mapped, string lower) =>
        mapped.Length == 0 ? lower : mapped + lower[_layers.Root.Length..];

    /// <summary>
    /// The writable directory is the top of the overlay, so its root is the container's: it looks like the image's.
    /// </summary>
    private void MakeUpper(string upper, Digest[] chain, SnapshotUsers? users)
    {
        if (Directory.Exists(upper)) return;
        PrivateDirectory.MakeRoot(upper);
        if (users is not null) FileOwner.Set(upper, users.HostUid(0), users.HostGid(0));
        if (chain.Length == 0) return;
        using var top = UnpackDirectory.Open(_layers.DiffDirectory(chain[0]));
        if (top.DirectoryAttributes(default) is not { } attributes) return;
        using var tree = UnpackDirectory.Open(upper);
        using var root = tree.MakeDirectory(default, out _);
        root.SetAttributes(users is null ? attributes : attributes with
        {
            Uid = users.HostUid(attributes.Uid),
            Gid = users.HostGid(attributes.Gid),
        });
    }
}
