using System.Text.Json;
using Crisp.Errors;
using Crisp.Images.Layers;
using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Registry;

/// <summary>
/// Walks from a name through indexes to the manifest for a platform, and refuses what is no runnable image.
/// </summary>
internal sealed class ManifestResolver(RegistryClient client, Platform platform, Limits limits)
{
    public async Task<ResolvedImage> ResolveAsync(Reference reference, CancellationToken cancellationToken)
    {
        var fetched = reference.Digest is { } digest
            ? await client.GetManifestAsync(digest, cancellationToken)
            : await client.GetManifestAsync(reference.ManifestReference, cancellationToken);
        var top = fetched.Digest;
        for (var depth = 0; ; depth++)
        {
            var probe = Parse(fetched.Content, ImageSpecJson.Default.ManifestProbe, "manifest");
            var type = MediaTypeOf(probe, fetched.MediaType, reference);
            if (MediaTypes.IsManifest(type)) return Resolved(top, fetched, type, reference);
            if (depth >= limits.IndexDepth)
                throw Refused(reference, $"has indexes within indexes, more than {limits.IndexDepth} deep");
            var index = Parse(fetched.Content, ImageSpecJson.Default.ImageIndex, "index");
            var chosen = PlatformMatch.Pick(index.Manifests, platform) ?? throw NoPlatform(reference, index);
            fetched = await client.GetManifestAsync(chosen.Digest, cancellationToken);
            if (fetched.Content.Length != chosen.Size)
                throw client.Lies("manifest", $"{fetched.Content.Length} bytes instead of {chosen.Size}");
        }
    }

    private ResolvedImage Resolved(Digest top, FetchedManifest fetched, string type, Reference reference)
    {
        var manifest = Parse(fetched.Content, ImageSpecJson.Default.Manifest, "manifest");
        if (!MediaTypes.IsImageConfig(manifest.Config.MediaType))
            throw Refused(reference,
                $"is no container image: its configuration has the type {manifest.Config.MediaType ?? "(none)"}");
        if (manifest.Layers.Count > limits.Layers)
            throw Refused(reference, $"has {manifest.Layers.Count} layers, more than {limits.Layers}");
        foreach (var layer in manifest.Layers) CheckLayer(layer, reference);
        var descriptor = new Descriptor { MediaType = type, Digest = fetched.Digest, Size = fetched.Content.Length };
        return new ResolvedImage(top, descriptor, fetched.Content, manifest);
    }

    private static void CheckLayer(Descriptor layer, Reference reference)
    {
        if (MediaTypes.IsForeignLayer(layer.MediaType))
            throw Refused(reference,
                $"has a foreign layer ({layer.MediaType}), which lives outside the registry and is not fetched");
        if (LayerCompression.Of(layer.MediaType) is null)
            throw Refused(reference, $"has a layer of the unknown type {layer.MediaType ?? "(none)"}");
        if (layer.Size < 0) throw Refused(reference, "has a layer of negative size");
    }

    /// <summary>
    /// The content's own word before the header's; where neither speaks, its shape. The two may not disagree.
    /// </summary>
    private static string MediaTypeOf(ManifestProbe probe, string? header, Reference reference)
    {
        if (probe.SchemaVersion == 1 || probe.FsLayers is not null || MediaTypes.IsSchema1(header))
            throw Refused(
                reference,
                "is in Docker's image format of 2014 (manifest schema 1), which nobody can verify; push it again with a current tool");
        var type = string.IsNullOrEmpty(probe.MediaType) ? header : probe.MediaType;
        var isIndex = probe.Manifests is not null;
        var isManifest = probe.Config is not null || probe.Layers is not null;
        if (isIndex && isManifest) throw Refused(reference, "has a manifest that is an index as well");
        if (!MediaTypes.IsIndex(type) && !MediaTypes.IsManifest(type) && !IsGeneric(type))
            throw Refused(reference, $"has the unknown manifest type {type}");
        if (IsGeneric(type)) type = isIndex ? MediaTypes.OciIndex : MediaTypes.OciManifest;
        if (isIndex != MediaTypes.IsIndex(type)) throw Refused(reference, $"has a manifest that is no {type}");
        return type!;
    }

    /// <summary>What servers say that know nothing of images.</summary>
    private static bool IsGeneric(string? type) =>
        type is null or "application/json" or "application/octet-stream" or "text/plain";

    private static T Parse<T>(byte[] content, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(content, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new RegistryException(ErrorKind.DataLoss, $"the registry sent a malformed {what}: {e.Message}", e);
        }
    }

    private RegistryException NoPlatform(Reference reference, ImageIndex index)
    {
        var offered = index.Manifests.Select(manifest => manifest.Platform?.ToString())
            .Where(name => name is not null and not "unknown/unknown").Distinct().Take(30);
        return Refused(reference, $"has nothing for {platform}; it has {string.Join(", ", offered)}");
    }

    private static RegistryException Refused(Reference reference, string problem) =>
        new(ErrorKind.Unknown, $"image {reference} {problem}");
}
