using System.Text.Json;
using Crisp.Errors;
using Crisp.Images;
using Crisp.OciSpec.Runtime;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// Tells whether the image of a CreateContainer is a checkpoint, and of what. An archive is anybody's file: its JSON is
/// bounded, the image it names must be on the node already, and nothing in it decides what is mounted (CVE-2024-8676),
/// which devices there are (CVE-2026-53492), or what an image is called (CVE-2026-50195).
/// </summary>
internal sealed class CheckpointSources(PodsOptions options, ImageStore images)
{
    private const int MostJsonBytes = 8 << 20;

    /// <summary>Null for an ordinary image.</summary>
    /// <exception cref="CrispException">It is a path or a checkpoint image, and no usable one.</exception>
    internal CheckpointSource? Find(string image)
    {
        if (!options.CheckpointsEnabled)
            return null;
        if (image.StartsWith('/'))
            return OfArchive(image);
        return images.Find(image) is { } stored && IsCheckpoint(stored, options) ? OfImage(stored) : null;
    }

    /// <summary>
    /// An image says of itself that it is a checkpoint, and criu gives its processes the privileges that its files
    /// name.
    /// </summary>
    /// <exception cref="CrispException">FailedPrecondition: it is one, and the configuration does not trust such
    /// images.</exception>
    internal static bool IsCheckpoint(StoredImage image, PodsOptions options)
    {
        if (!CheckpointNames.ImageAnnotations.Any(image.Annotations.ContainsKey))
            return false;
        return options.RestoreFromImages ? true : throw new CrispException(
            ErrorKind.FailedPrecondition,
            $"image {image.Id} holds a checkpoint, whose files decide the privileges of what is restored; "
            + "restore_from_images = true in the table [crisp] of the configuration allows that");
    }

    private CheckpointSource OfArchive(string path)
    {
        if (!File.Exists(path))
            throw CrispException.NotFound("checkpoint archive", path);
        try
        {
            using var file = File.OpenRead(path);
            var files = ArchiveFiles.Read(file, [CheckpointNames.Config, CheckpointNames.Spec], MostJsonBytes);
            return Read(path, files.GetValueOrDefault(CheckpointNames.Config),
                files.GetValueOrDefault(CheckpointNames.Spec)) with { Archive = path };
        }
        catch (Exception error) when (error is IOException
            or UnauthorizedAccessException or InvalidDataException or OverflowException)
        {
            throw NotOne(path, error.Message);
        }
    }

    private CheckpointSource OfImage(StoredImage image)
    {
        var top = images.Snapshots.TopLayerOf(image) ?? throw NotOne(image.Id, "the image has no layers");
        using var root = Linux.RootedDirectory.Open(top);
        try
        {
            return Read(image.Id, root.ReadFile(CheckpointNames.Config, MostJsonBytes),
                root.ReadFile(CheckpointNames.Spec, MostJsonBytes)) with { Holder = image };
        }
        catch (IOException error)
        {
            throw NotOne(image.Id, error.Message);
        }
    }

    private CheckpointSource Read(string name, byte[]? config, byte[]? spec)
    {
        if (config is null || spec is null)
            throw NotOne(name, $"it holds no {(config is null ? CheckpointNames.Config : CheckpointNames.Spec)}");
        try
        {
            ConfigDump dump = JsonSerializer.Deserialize(config, CheckpointJson.Default.ConfigDump) ?? new ConfigDump();
            var dumped = JsonSerializer.Deserialize(spec, RuntimeSpecJson.Default.Spec)
                ?? throw NotOne(name, $"its {CheckpointNames.Spec} is empty");
            return new CheckpointSource
            {
                Base = BaseOf(name, dump),
                BindMounts = [
                    .. (dumped.Mounts ?? []).Where(mount => mount is { Type: "bind", Destination: not null })
                        .Select(mount => mount.Destination)],
            };
        }
        catch (JsonException error)
        {
            throw NotOne(name, error.Message);
        }
    }

    /// <summary>
    /// By its ID first: names move. What the file does not say is null, whatever the record's defaults are.
    /// </summary>
    private StoredImage BaseOf(string name, ConfigDump dump) =>
        ((string?[])[dump.ImageId, dump.ImageName, dump.Image])
            .Where(image => !string.IsNullOrEmpty(image))
            .Select(image => images.Find(image!)) // not null, by the filter
            .OfType<StoredImage>().FirstOrDefault()
        ?? throw new CrispException(
            ErrorKind.NotFound,
            $"the checkpoint {name} is of a container of image \"{NameIn(dump)}\", which is not on this node; pull it first");

    private static string NameIn(ConfigDump dump) => string.IsNullOrEmpty(dump.ImageName) ? dump.Image : dump.ImageName;

    private static CrispException NotOne(string name, string why) =>
        CrispException.InvalidArgument("config.image.image", $"{name} is not a checkpoint archive: {why}");
}
