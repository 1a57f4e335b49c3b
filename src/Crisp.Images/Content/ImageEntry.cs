using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Content;

/// <summary>
/// One name of one image: a descriptor in index.json. An entry without a tag keeps the repo digest by which the image
/// came, or which its tag had before that moved on.
/// </summary>
internal sealed record ImageEntry
{
    private const string IdKey = "io.crisp.image.id";
    private const string RepoDigestKey = "io.crisp.image.repo-digest";

    public required Digest ImageId { get; init; }

    public required Descriptor Manifest { get; init; }

    /// <summary>Registry and repository.</summary>
    public required string Name { get; init; }

    public required string? Tag { get; init; }

    /// <summary>Of what the name led to at the registry: an index or the manifest.</summary>
    public required Digest RepoDigest { get; init; }

    public string? TaggedName => Tag is null ? null : $"{Name}:{Tag}";

    public string DigestedName => $"{Name}@{RepoDigest}";

    /// <summary>Null: the descriptor is not one of ours.</summary>
    public static ImageEntry? From(Descriptor descriptor)
    {
        if (descriptor.Annotations is not { } annotations
            || !Digest.TryParse(annotations.GetValueOrDefault(IdKey), out var id)
            || !Reference.TryParse(annotations.GetValueOrDefault(RepoDigestKey), out var repo, out _)
            || repo.Digest is not { } repoDigest)
            return null;
        Reference? tagged = null;
        if (annotations.GetValueOrDefault(AnnotationKeys.RefName) is { } name
            && (!Reference.TryParse(name, out tagged, out _) || tagged.Name != repo.Name))
            return null;
        return new ImageEntry
        {
            ImageId = id, Manifest = descriptor with { Annotations = null },
            Name = repo.Name, Tag = tagged?.Tag, RepoDigest = repoDigest,
        };
    }

    public Descriptor ToDescriptor()
    {
        var annotations =
            new Dictionary<string, string> { [IdKey] = ImageId.ToString(), [RepoDigestKey] = DigestedName };
        if (TaggedName is { } name) annotations[AnnotationKeys.RefName] = name;
        return Manifest with { Annotations = annotations };
    }
}
