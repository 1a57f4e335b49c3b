namespace Crisp.OciRuntime;

/// <summary>One runtime handler: which program, and how it is called.</summary>
public sealed record OciRuntimeOptions
{
    /// <summary>The handler's name, which error messages begin with.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the program.</summary>
    public required string Path { get; init; }

    /// <summary>Where the runtime keeps its own state (--root), on a tmpfs.</summary>
    public required string Root { get; init; }

    /// <summary>
    /// Holds the small files of a call while it lasts: error log, process JSON, pid file. On a tmpfs; made with mode
    /// 0700 when it is missing.
    /// </summary>
    public string CallDirectory { get; init; } = "/run/crisp/calls";

    /// <summary>cgroupsPath is SLICE:PREFIX:NAME and systemd makes the cgroups.</summary>
    public bool SystemdCgroup { get; init; }

    /// <summary>No pivot_root, for hosts that run from an initramfs (crio.runtime.no_pivot).</summary>
    public bool NoPivot { get; init; }

    /// <summary>
    /// A call that takes longer than this is killed. Creation is bounded by the monitor's owner instead.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);
}
