using System.Text.Json;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Content;

/// <summary>index.json of the image layout: the truth about which images there are.</summary>
internal static class LayoutIndex
{
    private const int FileMode = 0x1a4; // 0644

    /// <summary>Reads the names; makes the layout where there is none.</summary>
    public static IReadOnlyList<ImageEntry> Open(string layout)
    {
        PrivateDirectory.Make(layout);
        CheckVersion($"{layout}/oci-layout");
        var path = PathIn(layout);
        if (!File.Exists(path)) Write(layout, []);
        try
        {
            var index = JsonSerializer.Deserialize(File.ReadAllBytes(path), ImageSpecJson.Default.ImageIndex);
            return [.. (index?.Manifests ?? []).Select(ImageEntry.From).OfType<ImageEntry>()];
        }
        catch (JsonException e)
        {
            throw new CrispException(
                ErrorKind.DataLoss, $"{path} is damaged: {e.Message}; move {layout} away to start without images", e);
        }
    }

    /// <summary>Replaces the names; on disk when it returns.</summary>
    public static void Write(string layout, IReadOnlyList<ImageEntry> entries)
    {
        var index = new ImageIndex
        {
            SchemaVersion = 2,
            MediaType = MediaTypes.OciIndex,
            Manifests = [.. entries.Select(entry => entry.ToDescriptor())],
        };
        AtomicFile.Write(
            PathIn(layout),
            JsonSerializer.SerializeToUtf8Bytes(index, ImageSpecJson.Default.ImageIndex), FileMode, sync: true);
    }

    private static void CheckVersion(string path)
    {
        if (!File.Exists(path))
        {
            var layout = new ImageLayout { ImageLayoutVersion = ImageLayout.CurrentVersion };
            AtomicFile.Write(path,
                JsonSerializer.SerializeToUtf8Bytes(layout, ImageSpecJson.Default.ImageLayout), FileMode, sync: true);
            return;
        }
        var found =
            JsonSerializer.Deserialize(File.ReadAllBytes(path), ImageSpecJson.Default.ImageLayout)?.ImageLayoutVersion;
        if (found != ImageLayout.CurrentVersion)
            throw new CrispException(
                ErrorKind.FailedPrecondition,
                $"{path} has version {found}, this crisp knows {ImageLayout.CurrentVersion}");
    }

    private static string PathIn(string layout) => $"{layout}/index.json";
}
