namespace Crisp.OciSpec.Image;

/// <summary>The file oci-layout (image-spec image-layout.md#oci-layout-file).</summary>
public sealed record ImageLayout
{
    public const string CurrentVersion = "1.0.0";

    public required string ImageLayoutVersion { get; init; }
}
