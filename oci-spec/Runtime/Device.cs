namespace Crisp.OciSpec.Runtime;

/// <summary>A device node to make (config-linux.md#devices).</summary>
public sealed record Device
{
    public required string Path { get; init; }

    /// <summary>c, b, u or p.</summary>
    public required string Type { get; init; }

    public long? Major { get; init; }

    public long? Minor { get; init; }

    /// <summary>Permission bits.</summary>
    public uint? FileMode { get; init; }

    public uint? Uid { get; init; }

    public uint? Gid { get; init; }
}
