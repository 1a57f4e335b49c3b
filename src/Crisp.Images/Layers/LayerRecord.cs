using Crisp.OciSpec;

namespace Crisp.Images.Layers;

/// <summary>layers/HEX/layer.json: what is known of an unpacked layer.</summary>
internal sealed record LayerRecord
{
    public required Digest ChainId { get; init; }

    public required Digest DiffId { get; init; }

    /// <summary>Sum of the file sizes.</summary>
    public required long Bytes { get; init; }

    /// <summary>What it takes of the disk, estimated.</summary>
    public required long DiskBytes { get; init; }

    public required long Inodes { get; init; }

    /// <summary>The name of its short link, layers/l/NAME.</summary>
    public required string Link { get; init; }
}
