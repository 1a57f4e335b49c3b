namespace Crisp.Bundle;

/// <summary>A device node of the host, as stat describes it.</summary>
public sealed record ResolvedDevice
{
    public required string ContainerPath { get; init; }

    public required bool IsBlock { get; init; }

    public required long Major { get; init; }

    public required long Minor { get; init; }

    /// <summary>Permission bits of the node, 0666 for instance.</summary>
    public required uint FileMode { get; init; }

    public uint Uid { get; init; }

    public uint Gid { get; init; }

    /// <summary>What the device cgroup allows: letters of "rwm".</summary>
    public string Permissions { get; init; } = "rwm";
}
