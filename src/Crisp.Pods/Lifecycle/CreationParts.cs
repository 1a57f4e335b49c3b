using Crisp.Bundle;
using Crisp.Images;

namespace Crisp.Pods.Lifecycle;

/// <summary>What a request names and the node has to have, looked up before anything is made.</summary>
internal sealed record CreationParts
{
    public required StoredImage Image { get; init; }

    /// <summary>The image that holds the checkpoint; null for an ordinary container, and for an archive.</summary>
    public StoredImage? Checkpoint { get; init; }

    /// <summary>In the order of the mounts that name an image.</summary>
    public required IReadOnlyList<StoredImage> ImageVolumes { get; init; }

    /// <summary>Of CDI devices; null when none is asked for.</summary>
    public SpecEdits? Edits { get; init; }

    /// <summary>All that must stay while the container is made.</summary>
    internal IEnumerable<StoredImage> Images =>
        Checkpoint is null ? [Image, .. ImageVolumes] : [Image, Checkpoint, .. ImageVolumes];
}
