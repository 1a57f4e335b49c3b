namespace Crisp.OciSpec.Image;

/// <summary>One image for one platform: Docker's schema 2 or image-spec manifest.md, which have one shape.</summary>
public sealed record Manifest
{
    public int SchemaVersion { get; init; }

    public string? MediaType { get; init; }

    public string? ArtifactType { get; init; }

    public required Descriptor Config { get; init; }

    /// <summary>Bottom layer first.</summary>
    public required IReadOnlyList<Descriptor> Layers { get; init; }

    public Descriptor? Subject { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
