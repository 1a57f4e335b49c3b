using Crisp.Errors;
using Crisp.Pods.Records;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// The changes of a container's record:
/// <code>
/// Creating ─ Created ─ Starting ─ Running ─ Exited ─ Released ─ Removing
///               └─────────┴──────────────────┘
/// </code>
/// Each is a function of the record alone; one that is late (the container has ended meanwhile) changes nothing.
/// </summary>
internal static class ContainerTransitions
{
    internal static ContainerRecord ToCreated(this ContainerRecord record, ProcessIdentity? process) =>
        record with { Stage = ContainerStage.Created, Process = process };

    /// <summary>A restored container gets its process with its start.</summary>
    internal static ContainerRecord WithProcess(this ContainerRecord record, ProcessIdentity process) =>
        record with { Process = process };

    /// <summary>Only a created container can be started, and only once.</summary>
    internal static ContainerRecord ToStarting(this ContainerRecord record, long nowNanos) => record.Stage switch
    {
        ContainerStage.Created => record with { Stage = ContainerStage.Starting, StartedAtNanos = nowNanos },
        ContainerStage.Running or ContainerStage.Starting => throw NotCreated(record, "is running already"),
        _ => throw NotCreated(record, "has ended; create a new one"),
    };

    internal static ContainerRecord ToRunning(this ContainerRecord record) =>
        record.Stage == ContainerStage.Starting ? record with { Stage = ContainerStage.Running } : record;

    /// <summary>The first end counts; its time is never before the start's.</summary>
    internal static ContainerRecord ToExited(this ContainerRecord record, ContainerEnd end) =>
        record.Stage >= ContainerStage.Exited ? record : record with
        {
            Stage = ContainerStage.Exited,
            ExitCode = end.ExitCode,
            Reason = end.Reason,
            Message = end.Message,
            FinishedAtNanos = Math.Max(end.FinishedAtNanos, Math.Max(record.StartedAtNanos, record.CreatedAtNanos)),
        };

    internal static ContainerRecord ToReleased(this ContainerRecord record) =>
        record.Stage == ContainerStage.Exited ? record with { Stage = ContainerStage.Released } : record;

    internal static ContainerRecord ToRemoving(this ContainerRecord record) =>
        record with { Stage = ContainerStage.Removing };

    /// <summary>A stop was asked for; only an earlier one than known is news.</summary>
    internal static ContainerRecord WithKillAt(this ContainerRecord record, long killAtNanos) =>
        record.KillAtNanos == 0 || killAtNanos < record.KillAtNanos
            ? record with { KillAtNanos = killAtNanos }
            : record;

    private static CrispException NotCreated(ContainerRecord record, string instead) =>
        new(ErrorKind.FailedPrecondition, $"container {record.Id} cannot be started: it {instead}");
}
