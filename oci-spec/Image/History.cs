using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Image;

/// <summary>How one layer, or an empty step, came about.</summary>
public sealed record History
{
    public string? Created { get; init; }

    [JsonPropertyName("created_by")]
    public string? CreatedBy { get; init; }

    public string? Author { get; init; }

    public string? Comment { get; init; }

    [JsonPropertyName("empty_layer")]
    public bool? EmptyLayer { get; init; }
}
