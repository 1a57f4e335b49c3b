namespace Crisp.Linux;

/// <summary>What an archive says about a file besides its content.</summary>
public readonly record struct NodeAttributes
{
    /// <summary>Permission bits with setuid, setgid and sticky.</summary>
    public required uint Mode { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Since 1970; negative is before.</summary>
    public required long ModifiedSeconds { get; init; }

    public required int ModifiedNanos { get; init; }
}
