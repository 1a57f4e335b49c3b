using System.Text.Json;
using Crisp.Images.Layers;
using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Content;

/// <summary>Makes a catalog of the names in index.json and what the store holds for them.</summary>
internal sealed class CatalogBuilder(BlobStore blobs, LayerStore layers, ImageStoreOptions options)
{
    /// <summary>Which names are never collected; used by the next catalog.</summary>
    public PinnedPatterns Pinned { get; set; } = new(options.PinnedImages);

    /// <summary>Images of the former catalog are taken over with new names; others are read from their blobs.</summary>
    /// <param name="entries">The names.</param>
    /// <param name="former">Where unchanged images are found.</param>
    /// <param name="incomplete">Gets the names whose content is not whole.</param>
    public Catalog Build(IReadOnlyList<ImageEntry> entries, Catalog former, List<ImageEntry> incomplete)
    {
        Dictionary<Digest, CatalogImage> images = [];
        List<ImageEntry> whole = [];
        foreach (var group in entries.GroupBy(entry => entry.ImageId))
        {
            IReadOnlyList<ImageEntry> names = [.. group];
            var image = former.ById(group.Key.ToString()) is { } known && SameManifests(known, names)
                ? known with { Image = Named(known.Image, names) }
                : Read(group.Key, names);
            if (image is null) incomplete.AddRange(names);
            else images.Add(group.Key, image);
        }
        whole.AddRange(entries.Where(entry => images.ContainsKey(entry.ImageId)));
        return new Catalog(whole, images);
    }

    private static bool SameManifests(CatalogImage known, IReadOnlyList<ImageEntry> names) =>
        names.All(name => known.Blobs.Contains(name.Manifest.Digest));

    private CatalogImage? Read(Digest id, IReadOnlyList<ImageEntry> names)
    {
        if (Parse(id, options.Limits.ConfigBytes,
            ImageSpecJson.Default.ImageConfig) is not { RootFs: { } rootFs } config) return null;
        HashSet<Digest> needed = [id];
        IReadOnlyDictionary<string, string>? annotations = null;
        foreach (var manifestDigest in names.Select(name => name.Manifest.Digest).Distinct())
        {
            if (Parse(manifestDigest, options.Limits.ManifestBytes, ImageSpecJson.Default.Manifest) is not { } manifest)
                return null;
            needed.Add(manifestDigest);
            annotations ??= manifest.Annotations;
            needed.UnionWith(manifest.Layers.Select(layer => layer.Digest));
        }
        var chains = ChainId.Of(rootFs.DiffIds);
        if (!needed.All(blobs.Has) || chains.Any(chain => layers.Find(chain) is null)) return null;
        var image = new StoredImage
        {
            Id = id.ToString(),
            RepoTags = [],
            RepoDigests = [],
            SizeBytes = chains.Sum(chain => layers.Find(chain)?.Bytes ?? 0)
                + (blobs.TryRead(id, options.Limits.ConfigBytes)?.Length ?? 0),
            Config = config,
            ManifestDigest = names[0].Manifest.Digest,
            ChainIds = [.. chains.Select(chain => chain.ToString())],
            Annotations = annotations ?? new Dictionary<string, string>(),
            Pinned = false,
        };
        return new CatalogImage(Named(image, names), [.. needed], chains);
    }

    private StoredImage Named(StoredImage image, IReadOnlyList<ImageEntry> names)
    {
        IReadOnlyList<string> tags = [.. names.Select(name => name.TaggedName).OfType<string>().Distinct()];
        IReadOnlyList<string> digests = [.. names.Select(name => name.DigestedName).Distinct()];
        return image with { RepoTags = tags, RepoDigests = digests, Pinned = Pinned.Match(tags.Concat(digests)) };
    }

    private T? Parse<T>(Digest digest, int maxBytes, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return blobs.TryRead(digest, maxBytes) is { } content ? JsonSerializer.Deserialize(content, type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
