using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Image;

/// <summary>An image's configuration, the blob whose digest is the image ID (image-spec config.md).</summary>
public sealed record ImageConfig
{
    /// <summary>RFC 3339, kept as text: images in the wild hold other things too.</summary>
    public string? Created { get; init; }

    public string? Author { get; init; }

    /// <summary>GOARCH.</summary>
    public string? Architecture { get; init; }

    /// <summary>GOOS.</summary>
    public string? Os { get; init; }

    /// <summary>CPU variant, such as v8 of arm64.</summary>
    public string? Variant { get; init; }

    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    public ImageConfigProcess? Config { get; init; }

    [JsonPropertyName("rootfs")]
    public RootFs? RootFs { get; init; }

    public IReadOnlyList<History>? History { get; init; }
}
