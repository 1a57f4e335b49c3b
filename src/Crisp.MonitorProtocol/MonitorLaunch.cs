namespace Crisp.MonitorProtocol;

/// <summary>Everything a monitor is told, once, at its start. Paths are absolute unless said otherwise.</summary>
public sealed record MonitorLaunch
{
    public required string ContainerId { get; init; }

    /// <summary>Where the monitor listens for later daemons; at most 107 bytes.</summary>
    public required string SocketPath { get; init; }

    /// <summary>The OCI runtime.</summary>
    public required string RuntimeProgram { get; init; }

    /// <summary>What is executed in its place, a copy of the daemon's for instance; null: nothing else.</summary>
    public string? RuntimeExecutable { get; init; }

    /// <summary>The whole `create` command line, ready-made, without argv[0].</summary>
    public required IReadOnlyList<string> RuntimeArguments { get; init; }

    /// <summary>"KEY=value" entries for the runtime; empty means PATH alone.</summary>
    public IReadOnlyList<string> RuntimeEnvironment { get; init; } = [];

    /// <summary>The runtime's --log file (JSON lines), from which the message of a failed create is taken.</summary>
    public required string RuntimeLogFile { get; init; }

    /// <summary>The working directory of the runtime.</summary>
    public required string BundleDirectory { get; init; }

    /// <summary>The runtime's --pid-file.</summary>
    public required string PidFile { get; init; }

    /// <summary>The pod's log directory; null: no log is kept, the output is read and dropped.</summary>
    public string? LogDirectory { get; init; }

    /// <summary>
    /// The log file, relative to <see cref="LogDirectory"/>; it is opened beneath that, following no symlink.
    /// </summary>
    public string? LogPath { get; init; }

    /// <summary>Past this size the log file is begun anew; 0 is no limit.</summary>
    public long MaxLogBytes { get; init; }

    /// <summary>Where the exit record goes, in this order (/run first, /var second).</summary>
    public required IReadOnlyList<string> ExitRecordPaths { get; init; }

    /// <summary>
    /// cgroup directories that the monitor enters, by writing to their cgroup.procs. They exist already.
    /// </summary>
    public IReadOnlyList<string> MonitorCgroups { get; init; } = [];

    /// <summary>
    /// The container's own directory in the memory hierarchy (v1 or v2), whose OOM counter tells an OOM kill from
    /// another SIGKILL; null: not known, no exit is ever called an OOM kill.
    /// </summary>
    public string? MemoryCgroup { get; init; }

    /// <summary>For the monitor itself; where the host forbids it, it keeps what it has.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>
    /// The container has a terminal, which the runtime sends to this socket (its --console-socket); the monitor makes
    /// it and removes it. At most 107 bytes. Null: pipes for output.
    /// </summary>
    public string? ConsoleSocketPath { get; init; }

    /// <summary>
    /// The runtime's call also lets the program run, as `restore` does: what comes on the output pipes is the
    /// container's from the first byte.
    /// </summary>
    public bool StartsProgram { get; init; }

    /// <summary>What the container reads; with a terminal it reads that in any case.</summary>
    public ContainerInput Input { get; init; }
}
