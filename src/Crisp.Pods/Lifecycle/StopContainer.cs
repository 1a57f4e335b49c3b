using Crisp.Errors;
using Crisp.Linux;
using Crisp.Pods.Records;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// StopContainer: the container's own stop signal, then SIGKILL to all of its cgroup when the grace period ends. It is
/// done when the exit is on record, goes on without its callers and over a restart of the daemon, and a further stop
/// with less grace shortens it.
/// </summary>
internal sealed class StopContainer(NodeState node, IContainerProcesses processes)
{
    /// <summary>The longest grace that makes sense to add to a clock.</summary>
    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(3650);

    /// <summary>Unknown or exited already is success (api.proto: "This call is idempotent").</summary>
    internal Task StopAsync(string idOrPrefix, TimeSpan grace, CancellationToken patience) =>
        node.Containers.Find(idOrPrefix) is { } container ? StopAsync(container, grace, patience) : Task.CompletedTask;

    internal Task StopAsync(Container container, TimeSpan grace, CancellationToken patience)
    {
        if (container.IsOver || container.Record.Stage == ContainerStage.Creating)
            return Task.CompletedTask;
        Shorten(container, grace);
        return GoOnAsync(container, patience);
    }

    /// <summary>Sees to it that a stop, one that runs or one that comes, kills after this time at the latest.</summary>
    internal void Shorten(Container container, TimeSpan grace)
    {
        var killAt = node.Time.GetUtcNow() + (grace < LongestGrace ? grace : LongestGrace);
        container.Accept(record => record.WithKillAt(Nanoseconds.Of(killAt)));
        container.KillDeadline.TryShorten(killAt);
    }

    /// <summary>Takes up a stop that a former daemon began.</summary>
    internal Task ResumeAsync(Container container, CancellationToken patience)
    {
        container.KillDeadline.TryShorten(Nanoseconds.ToMoment(container.Record.KillAtNanos));
        return GoOnAsync(container, patience);
    }

    private Task GoOnAsync(Container container, CancellationToken patience) =>
        container.Stopping.RunAsync(() => StopOnceAsync(container), patience);

    private async Task StopOnceAsync(Container container)
    {
        if (container.Record is { IsRestored: true, Stage: ContainerStage.Created, Process: null })
        {
            container.Accept(record => record.ToExited(ContainerEnd.NeverRan(node.NowNanos)));
            return;
        }

        AskToEnd(container);
        await Task.WhenAny(container.Exited, container.KillDeadline.Reached).ConfigureAwait(false);
        if (!container.IsOver)
            await KillAsync(container).ConfigureAwait(false);
    }

    /// <summary>
    /// The init of a PID namespace that has not run its program has no handlers, and the kernel drops what it cannot
    /// handle; so a container that never started is killed at once.
    /// </summary>
    private void AskToEnd(Container container)
    {
        if (container.Record.Stage == ContainerStage.Created)
            container.KillDeadline.TryShorten(node.Time.GetUtcNow());
        else
            processes.Signal(container, Signals.TryFromName(container.Record.StopSignal) ?? Signals.Terminate);
    }

    private async Task KillAsync(Container container)
    {
        using var bound = new CancellationTokenSource(node.Options.KillTimeout, node.Time);
        try
        {
            await processes.KillAllAsync(container, bound.Token).ConfigureAwait(false);
            await container.Exited.WaitAsync(bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            throw Unkillable(container);
        }
    }

    private CrispException Unkillable(Container container) => new(
        ErrorKind.DeadlineExceeded,
        $"container {container.Id} did not end within {node.Options.KillTimeout.TotalSeconds:0.#} s of SIGKILL; "
        + $"its process {container.Record.Process?.Pid} may be in uninterruptible sleep: look at /proc/{container.Record.Process?.Pid}/stack");
}
