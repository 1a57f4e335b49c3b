using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Image;

/// <summary>The layers of an image by the digests of their uncompressed archives, bottom first.</summary>
public sealed record RootFs
{
    /// <summary>Always "layers".</summary>
    public string? Type { get; init; }

    [JsonPropertyName("diff_ids")]
    public required IReadOnlyList<Digest> DiffIds { get; init; }
}
