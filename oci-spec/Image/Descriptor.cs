namespace Crisp.OciSpec.Image;

/// <summary>What a piece of content is: type, digest, size (image-spec descriptor.md).</summary>
public sealed record Descriptor
{
    public string? MediaType { get; init; }

    public required Digest Digest { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Places to fetch the content from; crisp never follows them.</summary>
    public IReadOnlyList<string>? Urls { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>The content itself, in base64.</summary>
    public string? Data { get; init; }

    public string? ArtifactType { get; init; }

    public Platform? Platform { get; init; }
}
