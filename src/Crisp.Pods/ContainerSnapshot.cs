using Runtime.V1;

namespace Crisp.Pods;

/// <summary>
/// A container as it was at one moment. Readers take it without a lock; nobody changes it, the messages inside
/// included.
/// </summary>
public sealed record ContainerSnapshot
{
    /// <summary>64 lowercase hex digits.</summary>
    public required string Id { get; init; }

    public required string PodId { get; init; }

    /// <summary>What was asked for, byte for byte.</summary>
    public required ContainerConfig Config { get; init; }

    public required ContainerPhase Phase { get; init; }

    /// <summary>Nanoseconds since 1970, UTC; created ≤ started ≤ finished.</summary>
    public required long CreatedAtNanos { get; init; }

    /// <summary>0 until the container has started.</summary>
    public required long StartedAtNanos { get; init; }

    /// <summary>0 until the container has exited.</summary>
    public required long FinishedAtNanos { get; init; }

    /// <summary>The exit code, 128+n for a signal n.</summary>
    public required int ExitCode { get; init; }

    /// <summary>One of <see cref="ExitReasons"/>; empty until the container has exited.</summary>
    public required string Reason { get; init; }

    /// <summary>A sentence about what went wrong; empty when nothing did.</summary>
    public required string Message { get; init; }

    /// <summary>The first process, as long as it lives.</summary>
    public int? Pid { get; init; }

    /// <summary>The image's one ID (config digest), for image_id and image_ref alike.</summary>
    public required string ImageId { get; init; }

    /// <summary>Absolute; null where no log was asked for.</summary>
    public string? LogPath { get; init; }

    /// <summary>As asked for: the host path is the one before symlinks; an image is named by its ID.</summary>
    public required IReadOnlyList<Mount> Mounts { get; init; }

    /// <summary>The users the first process runs as, resolved in the container's own passwd and group files.</summary>
    public required ContainerUserStatus User { get; init; }

    /// <summary>The signal that asks the container to end, such as SIGTERM.</summary>
    public required string StopSignal { get; init; }

    /// <summary>What the cgroup was set to; null when nothing was asked.</summary>
    public LinuxContainerResources? Resources { get; init; }

    public required string RuntimeHandler { get; init; }

    /// <summary>The container's cgroup, as a path below the controllers' mounts.</summary>
    public required string CgroupPath { get; init; }

    /// <summary>The bundle and the writable layer ({diff,work,merged}) live here.</summary>
    public required string Directory { get; init; }
}
