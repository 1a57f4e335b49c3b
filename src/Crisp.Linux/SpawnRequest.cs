namespace Crisp.Linux;

/// <summary>
/// A program to start. It gets an empty signal mask, default signals and only the descriptors named here.
/// </summary>
public sealed record SpawnRequest
{
    public const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>An absolute path: nothing is searched.</summary>
    public required string Program { get; init; }

    /// <summary>
    /// What is executed in its place, a copy for instance; argv[0] and errors keep to <see cref="Program"/>. Where it
    /// cannot be executed (its owner has ended, or the host's policy lets nothing in memory be a program) the program
    /// itself is.
    /// </summary>
    public string? Executable { get; init; }

    /// <summary>The arguments without argv[0], which is <see cref="Program"/>.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>"KEY=value" entries, the whole environment.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [DefaultPath];

    public string? WorkingDirectory { get; init; }

    /// <summary>Null is /dev/null, here and for the two below.</summary>
    public FileDescriptor? Stdin { get; init; }

    public FileDescriptor? Stdout { get; init; }

    public FileDescriptor? Stderr { get; init; }

    /// <summary>These become descriptors 3, 4, 5 and so on, in this order.</summary>
    public IReadOnlyList<FileDescriptor> Inherited { get; init; } = [];

    /// <summary>
    /// oom_score_adj of the program and all it starts, set right after its start; null leaves the daemon's own. A value
    /// that this host does not let us set is left out.
    /// </summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>Makes it the leader of a session and process group of its own.</summary>
    public bool NewSession { get; init; }

    /// <summary>
    /// Signals that the program starts with blocked, for one that reads them from a signalfd (crisp-monitor). Every
    /// other program gets an empty mask.
    /// </summary>
    public IReadOnlyList<int> BlockedSignals { get; init; } = [];
}
