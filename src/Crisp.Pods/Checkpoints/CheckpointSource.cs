using Crisp.Images;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// A checkpoint that a container is to be made from, in a file or in an image; nothing of it is unpacked yet.
/// </summary>
internal sealed record CheckpointSource
{
    /// <summary>The archive; null where it is an image.</summary>
    public string? Archive { get; init; }

    /// <summary>The image that holds an archive's files.</summary>
    public StoredImage? Holder { get; init; }

    /// <summary>The image that the container was made of.</summary>
    public required StoredImage Base { get; init; }

    /// <summary>The directories of the host that the container had mounted, by their places in it.</summary>
    public required IReadOnlyList<string> BindMounts { get; init; }
}
