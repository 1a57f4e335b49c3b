namespace Crisp.Pods.Checkpoints;

/// <summary>One file as an archive describes it, without its content.</summary>
internal sealed record PaxEntry
{
    public required string Name { get; init; }

    /// <summary>The type flag of POSIX ustar.</summary>
    public required char Type { get; init; }

    public string LinkName { get; init; } = "";

    /// <summary>Permission bits with setuid, setgid and sticky.</summary>
    public int Mode { get; init; }

    public uint Uid { get; init; }

    public uint Gid { get; init; }

    public DateTimeOffset ModifiedAt { get; init; } = DateTimeOffset.UnixEpoch;

    public (uint Major, uint Minor) Device { get; init; }

    public IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs { get; init; } = [];
}
