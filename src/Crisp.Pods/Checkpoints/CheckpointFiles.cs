using System.Text;
using System.Text.Json;
using Crisp.Errors;
using Crisp.Images;
using Crisp.Linux;
using Crisp.Pods.Records;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// Lays out what a checkpoint holds for a container that is to be made from it: criu's images aside, and what had been
/// changed in the file system in the directory that becomes the writable layer. Only regular files are taken
/// (CVE-2026-53489).
/// </summary>
internal sealed class CheckpointFiles(ImageStore images)
{
    private const int MostDeletedBytes = 64 << 20;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode RootMode = OwnerOnly
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>criu's images of a container that is to be restored.</summary>
    internal static string ImagesOf(Container container) =>
        Path.Combine(container.Directory, FileNames.Restore, CheckpointNames.Images);

    internal static string WorkOf(Container container) => Path.Combine(container.Directory, FileNames.Restore);

    /// <summary>Before the container's root is mounted.</summary>
    internal async Task LayOutAsync(CheckpointSource source, Container container, CancellationToken cancellation)
    {
        var directory = WorkOf(container);
        Directory.CreateDirectory(directory, OwnerOnly);
        try
        {
            if (source.Archive is { } archive)
                await UnpackAsync(archive, directory, cancellation).ConfigureAwait(false);
            else
                await CopyAsync(
                    source.Holder!, directory, cancellation).ConfigureAwait(false); // it is one or the other
            RequireRegularFiles(directory);
            await ApplyRootDiffAsync(
                directory, Path.Combine(container.Directory, "diff"), cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException error)
        {
            throw CrispException.InvalidArgument("config.image.image", $"the checkpoint is damaged: {error.Message}");
        }
    }

    private static async Task UnpackAsync(string archive, string directory, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(archive);
        await ArchiveUnpacking.UnpackAsync(file, directory, cancellation).ConfigureAwait(false);
    }

    private Task CopyAsync(StoredImage holder, string directory, CancellationToken cancellation) =>
        Task.Run(() => CopyTree(images.Snapshots.TopLayerOf(holder)!, directory, cancellation),
            cancellation); // it was read from there before

    /// <summary>Regular files and directories; whatever else an image has in it is left behind.</summary>
    private static void CopyTree(string from, string to, CancellationToken cancellation)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(from))
        {
            cancellation.ThrowIfCancellationRequested();
            var target = Path.Combine(to, Path.GetFileName(path));
            if (FileStatus.Of(path) is { IsRegularFile: true })
                File.Copy(path, target);
            else if (FileStatus.Of(path) is { IsDirectory: true })
                CopyTree(path, Directory.CreateDirectory(target, OwnerOnly).FullName, cancellation);
        }
    }

    private static void RequireRegularFiles(string directory)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(
            directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            if (FileStatus.Of(path) is not ({ IsRegularFile: true } or { IsDirectory: true }))
                throw new InvalidDataException($"{Path.GetRelativePath(directory, path)} is not a regular file");
        }

        if (!Directory.Exists(Path.Combine(directory, CheckpointNames.Images)))
            throw new InvalidDataException($"it holds no {CheckpointNames.Images}");
    }

    private static async Task ApplyRootDiffAsync(string directory, string diff, CancellationToken cancellation)
    {
        var archive = Path.Combine(directory, CheckpointNames.RootDiff);
        var deleted = Path.Combine(directory, CheckpointNames.Deleted);
        Directory.CreateDirectory(diff, RootMode);
        File.SetUnixFileMode(diff, RootMode);
        if (File.Exists(archive))
            await UnpackAsync(archive, diff, cancellation).ConfigureAwait(false);
        if (File.Exists(deleted))
            Hide(diff, ReadDeleted(deleted));
    }

    private static string[] ReadDeleted(string path)
    {
        if (new FileInfo(path).Length > MostDeletedBytes)
            throw new InvalidDataException($"{CheckpointNames.Deleted} is longer than {MostDeletedBytes} bytes");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CheckpointJson.Default.StringArray) ?? [];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{CheckpointNames.Deleted}: {error.Message}");
        }
    }

    /// <summary>Files of the image that were deleted are hidden by what overlayfs takes for that.</summary>
    private static void Hide(string diff, string?[] paths)
    {
        using var root = UnpackDirectory.Open(diff);
        foreach (var path in paths)
        {
            var parts = path?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
            if (parts.Length == 0 || parts.Any(part => part is "." or ".."))
                throw new InvalidDataException($"{CheckpointNames.Deleted} names \"{path}\"");
            root.MakeWhiteout(Encoding.UTF8.GetBytes(string.Join('/', parts)));
        }
    }
}
