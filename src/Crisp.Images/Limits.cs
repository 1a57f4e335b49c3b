namespace Crisp.Images;

/// <summary>
/// How much of what a registry sends is believed. Everything from outside is bounded; the defaults leave room for any
/// image seen in practice.
/// </summary>
public sealed record Limits
{
    /// <summary>Bytes of a manifest or index, as the distribution specification recommends.</summary>
    public int ManifestBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of an image configuration.</summary>
    public int ConfigBytes { get; init; } = 8 << 20;

    /// <summary>Bytes of a token or error response.</summary>
    public int ResponseBytes { get; init; } = 1 << 20;

    /// <summary>Indexes within indexes.</summary>
    public int IndexDepth { get; init; } = 3;

    /// <summary>Layers of one image; overlayfs itself takes no more than 500.</summary>
    public int Layers { get; init; } = 500;

    /// <summary>Bytes one layer may unpack to.</summary>
    public long UnpackedLayerBytes { get; init; } = 256L << 30;

    /// <summary>Files, directories and links in one layer.</summary>
    public long LayerEntries { get; init; } = 4_000_000;

    /// <summary>Bytes of one PAX header or GNU long name in a layer.</summary>
    public int TarHeaderBytes { get; init; } = 1 << 20;

    /// <summary>Data segments of one sparse file.</summary>
    public int SparseSegments { get; init; } = 64 * 1024;

    /// <summary>Requests for one thing before giving up: the first and the retries.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Redirects followed for one request.</summary>
    public int Redirects { get; init; } = 5;

    /// <summary>The first pause before a retry; it doubles each time.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A transfer in which nothing arrives for so long counts as broken.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(60);
}
