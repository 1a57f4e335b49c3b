namespace Crisp.Linux;

/// <summary>One run of an external program whose output is collected.</summary>
public sealed record ProgramRun
{
    /// <summary>
    /// What to start; its output streams are made by the runner and must be null here, its input too where
    /// <see cref="Input"/> is given.
    /// </summary>
    public required SpawnRequest Spawn { get; init; }

    /// <summary>Written to its standard input, which is then closed. Empty: /dev/null.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>
    /// Per stream; what comes after is read and dropped, so that the program does not hang on a full pipe.
    /// </summary>
    public int MaxOutputBytes { get; init; } = 1024 * 1024;

    /// <summary>After this the program is killed; null is no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Asked once the program has succeeded: a process that it leaves running in its place, on the same streams. The
    /// run then ends when that process does, with its exit status. The caller must be a subreaper.
    /// </summary>
    public Func<int?>? Successor { get; init; }
}
