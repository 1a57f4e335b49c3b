using System.Text.Json;
using Crisp.Errors;
using Crisp.Images.Content;
using Crisp.Images.Registry;
using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Pulls;

/// <summary>Gets an image's configuration and checks that it fits the manifest and this machine.</summary>
internal sealed class ConfigSource(RegistryClient client, BlobStore blobs, ImageStoreOptions options)
{
    public async Task<PulledConfig> GetAsync(
        Reference reference, Manifest manifest, CancellationToken cancellationToken)
    {
        var content = blobs.TryRead(manifest.Config.Digest, options.Limits.ConfigBytes)
            ?? await client.GetSmallBlobAsync(
                manifest.Config, options.Limits.ConfigBytes, "image configuration", cancellationToken);
        var config = Parse(content, reference);
        var diffIds = config.RootFs?.DiffIds ?? [];
        if (diffIds.Count != manifest.Layers.Count)
            throw Refused(
                reference,
                $"is contradictory: its manifest has {manifest.Layers.Count} layers, its configuration {diffIds.Count}");
        CheckPlatform(reference, config);
        return new PulledConfig(content, diffIds);
    }

    private void CheckPlatform(Reference reference, ImageConfig config)
    {
        if (string.IsNullOrEmpty(config.Os) || string.IsNullOrEmpty(config.Architecture)) return;
        var built = new Platform { Os = config.Os, Architecture = config.Architecture, Variant = config.Variant };
        if (PlatformMatch.Rank(built, options.Platform) is null)
            throw Refused(reference, $"has nothing for {options.Platform}; it is for {built}");
    }

    private static ImageConfig Parse(byte[] content, Reference reference)
    {
        try
        {
            return JsonSerializer.Deserialize(content, ImageSpecJson.Default.ImageConfig)
                ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new RegistryException(
                ErrorKind.DataLoss, $"image {reference} has a malformed configuration: {e.Message}", e);
        }
    }

    private static RegistryException Refused(Reference reference, string problem) =>
        new(ErrorKind.Unknown, $"image {reference} {problem}");
}
