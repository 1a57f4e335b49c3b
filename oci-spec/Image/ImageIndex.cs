namespace Crisp.OciSpec.Image;

/// <summary>
/// Manifests for several platforms: Docker's manifest list or image-spec image-index.md, and index.json of an image
/// layout. Not named Index: System has one.
/// </summary>
public sealed record ImageIndex
{
    public int SchemaVersion { get; init; }

    public string? MediaType { get; init; }

    public string? ArtifactType { get; init; }

    public required IReadOnlyList<Descriptor> Manifests { get; init; }

    public Descriptor? Subject { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
