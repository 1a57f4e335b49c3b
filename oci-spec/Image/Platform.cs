using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Image;

/// <summary>What a manifest runs on (image-spec image-index.md, "platform").</summary>
public sealed record Platform
{
    /// <summary>GOARCH.</summary>
    public required string Architecture { get; init; }

    /// <summary>GOOS.</summary>
    public required string Os { get; init; }

    public string? Variant { get; init; }

    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    [JsonPropertyName("os.features")]
    public IReadOnlyList<string>? OsFeatures { get; init; }

    /// <summary>os/architecture[/variant].</summary>
    public override string ToString() =>
        string.IsNullOrEmpty(Variant) ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";
}
