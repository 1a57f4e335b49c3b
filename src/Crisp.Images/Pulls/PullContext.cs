using Crisp.Images.Content;
using Crisp.Images.Layers;

namespace Crisp.Images.Pulls;

/// <summary>What pulls have in common: the store's rooms and the way into them.</summary>
internal sealed record PullContext
{
    public required ImageStoreOptions Options { get; init; }

    public required BlobStore Blobs { get; init; }

    public required LayerStore LayerStore { get; init; }

    public required LayerFetch Fetch { get; init; }

    public required SharedLayers Layers { get; init; }

    public required ContentHolds Holds { get; init; }

    /// <summary>Makes pulled content visible as a whole.</summary>
    public required Func<PulledContent, Task<StoredImage>> CommitAsync { get; init; }
}
