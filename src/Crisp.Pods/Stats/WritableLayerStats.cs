namespace Crisp.Pods.Stats;

/// <summary>What a container has written over its image, measured at a time of its own.</summary>
public sealed record WritableLayerStats
{
    public required long TimestampNanos { get; init; }

    /// <summary>The directory that was measured; its file system is the one the bytes are taken from.</summary>
    public required string Mountpoint { get; init; }

    public required ulong UsedBytes { get; init; }

    public required ulong InodesUsed { get; init; }
}
