using Crisp.Errors;
using Crisp.OciSpec;

namespace Crisp.Images.Content;

/// <summary>All images of one moment, immutable: readers take it as it is, writers put another in its place.</summary>
internal sealed class Catalog
{
    /// <summary>Shorter beginnings of an ID are taken for names.</summary>
    private const int MinPrefix = 4;

    private readonly Dictionary<string, CatalogImage> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CatalogImage> _byName = new(StringComparer.Ordinal);

    public Catalog(IReadOnlyList<ImageEntry> entries, IReadOnlyDictionary<Digest, CatalogImage> images)
    {
        Entries = entries;
        foreach (var (id, image) in images) _byId.Add(id.ToString(), image);
        foreach (var entry in entries)
        {
            var image = images[entry.ImageId];
            if (entry.TaggedName is { } tagged) _byName[tagged] = image;
            _byName[entry.DigestedName] = image;
            // Who pulled by tag may ask by the digest of the manifest for this platform.
            _byName.TryAdd($"{entry.Name}@{entry.Manifest.Digest}", image);
        }
        List = [.. images.Values.Select(image => image.Image)];
    }

    public static Catalog Empty { get; } = new([], new Dictionary<Digest, CatalogImage>());

    public IReadOnlyList<ImageEntry> Entries { get; }

    public IReadOnlyList<StoredImage> List { get; }

    public IEnumerable<CatalogImage> Images => _byId.Values;

    public CatalogImage? ById(string id) => _byId.GetValueOrDefault(id);

    public CatalogImage? Find(string nameOrId)
    {
        if (ById(nameOrId) is { } exact) return exact;
        if (nameOrId.Length == 64 && ById($"sha256:{nameOrId}") is { } bare) return bare;
        if (Reference.TryParse(nameOrId, out var reference, out _))
        {
            var name = reference.Digest is { } digest ? $"{reference.Name}@{digest}" : reference.ToString();
            if (_byName.TryGetValue(name, out var named)) return named;
        }
        return FindByPrefix(nameOrId);
    }

    private CatalogImage? FindByPrefix(string text)
    {
        var hex = text.StartsWith("sha256:", StringComparison.Ordinal) ? text[7..] : text;
        if (hex.Length is < MinPrefix or > 64 || !hex.All(char.IsAsciiHexDigitLower)) return null;
        var prefix = $"sha256:{hex}";
        CatalogImage? found = null;
        foreach (var (id, image) in _byId)
        {
            if (!id.StartsWith(prefix, StringComparison.Ordinal)) continue;
            if (found is not null)
                throw CrispException.InvalidArgument("image", $"\"{text}\" is the beginning of more than one image ID");
            found = image;
        }
        return found;
    }
}
