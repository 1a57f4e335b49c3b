using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Images;

/// <summary>An image of the store: immutable, a snapshot of one moment.</summary>
public sealed record StoredImage
{
    /// <summary>sha256:HEX, the digest of the configuration: the same whatever name or registry it came by.</summary>
    public required string Id { get; init; }

    /// <summary>In full: docker.io/library/busybox:latest.</summary>
    public required IReadOnlyList<string> RepoTags { get; init; }

    /// <summary>docker.io/library/busybox@sha256:HEX; the digest a name was pulled by or resolved to.</summary>
    public required IReadOnlyList<string> RepoDigests { get; init; }

    /// <summary>Bytes of the unpacked layers.</summary>
    public required long SizeBytes { get; init; }

    public required ImageConfig Config { get; init; }

    /// <summary>The digest of a manifest of the image whose blobs are in the layout.</summary>
    public required Digest ManifestDigest { get; init; }

    /// <summary>
    /// The layers, bottom first, each named by all that lies beneath it (image-spec config.md#layer-chainid).
    /// </summary>
    public required IReadOnlyList<string> ChainIds { get; init; }

    /// <summary>Of the manifest that <see cref="ManifestDigest"/> names.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Not to be collected by kubelet.</summary>
    public required bool Pinned { get; init; }
}
