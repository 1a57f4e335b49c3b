namespace Crisp.Images.Layers;

/// <summary>
/// One file of a tar archive, all headers that concern it taken together. Names are bytes, as they stand.
/// </summary>
internal sealed record TarEntry
{
    public required byte[] Name { get; init; }

    public required byte[] LinkName { get; init; }

    public required TarEntryType Type { get; init; }

    /// <summary>Permission bits with setuid, setgid and sticky.</summary>
    public required uint Mode { get; init; }

    public required long Uid { get; init; }

    public required long Gid { get; init; }

    /// <summary>Bytes of content in the archive.</summary>
    public required long StoredSize { get; init; }

    /// <summary>Bytes of the file, holes included.</summary>
    public required long FileSize { get; init; }

    public required long ModifiedSeconds { get; init; }

    public required int ModifiedNanos { get; init; }

    public required uint DeviceMajor { get; init; }

    public required uint DeviceMinor { get; init; }

    /// <summary>By full name, such as security.capability.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs { get; init; } = [];

    /// <summary>Where the stored content belongs, for a sparse file; null: it is the whole file.</summary>
    public IReadOnlyList<SparseSegment>? Segments { get; init; }
}
