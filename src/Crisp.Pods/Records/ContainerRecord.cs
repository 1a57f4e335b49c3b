namespace Crisp.Pods.Records;

/// <summary>What became of a container: all that is not in its request. A new one is written at each change.</summary>
internal sealed record ContainerRecord
{
    public required string Id { get; init; }

    public required string PodId { get; init; }

    public required ContainerStage Stage { get; init; }

    public required long CreatedAtNanos { get; init; }

    public long StartedAtNanos { get; init; }

    public long FinishedAtNanos { get; init; }

    public int ExitCode { get; init; }

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    /// <summary>The caller of the creation was given the ID.</summary>
    public bool Answered { get; init; }

    public ProcessIdentity? Process { get; init; }

    /// <summary>sha256:HEX; empty for a pod's init, which has no image.</summary>
    public required string ImageId { get; init; }

    /// <summary>
    /// The images (sha256:HEX) that are its volumes, in the order of the mounts that name one; null: none.
    /// </summary>
    public IReadOnlyList<string>? ImageVolumes { get; init; }

    public required string RuntimeHandler { get; init; }

    public required string CgroupPath { get; init; }

    public string? LogPath { get; init; }

    /// <summary>The monitor's group; null where it is the daemon's.</summary>
    public string? MonitorCgroup { get; init; }

    public ContainerUserStatus User { get; init; } = new(0, 0, []);

    public string StopSignal { get; init; } = "SIGTERM";

    /// <summary>Its start restores a checkpoint, whose files lie in the container's directory.</summary>
    public bool IsRestored { get; init; }

    /// <summary>Bytes of the LinuxContainerResources that the last update left; null: those of the request.</summary>
    public byte[]? Resources { get; init; }

    /// <summary>
    /// A stop was asked for, and when it turns to SIGKILL (nanoseconds since 1970, UTC); 0: not asked.
    /// </summary>
    public long KillAtNanos { get; init; }
}
