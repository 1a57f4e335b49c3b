using Crisp.MonitorProtocol;
using Crisp.OciRuntime;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Recovery;

/// <summary>Takes up one container that a former daemon made.</summary>
internal sealed class RecoverContainer(
    NodeState node, RuntimeHandlers handlers,
    MonitorLauncher monitors, ContainerVerbs verbs, ContainerRelease release, ContainerExits exits)
{
    /// <summary>How long an exit that is on disk may take to be taken over.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The container is listed afterwards; what has still to be done with it is added to the unfinished work.
    /// </summary>
    internal async Task TakeUpAsync(
        Pod pod, Container container, List<Func<Task>> unfinished, CancellationToken cancellation)
    {
        await FindOutAsync(container, cancellation).ConfigureAwait(false);
        Show(pod, container);
        Func<Task>? work = container.Record switch
        {
            { Stage: ContainerStage.Removing } => () => verbs.Remove.RemoveAsync(container, CancellationToken.None),
            { Stage: ContainerStage.Exited } => () => release.ReleaseAsync(container),
            { Stage: < ContainerStage.Exited, KillAtNanos: > 0 } =>
                () => verbs.Stop.ResumeAsync(container, CancellationToken.None),
            _ => null,
        };
        if (work is null)
            return;
        lock (unfinished)
            unfinished.Add(() => GoOnAsync(container, work));
    }

    private Task FindOutAsync(Container container, CancellationToken cancellation)
    {
        if (container.IsOver)
            return Task.CompletedTask;
        if (container.Record.Process?.BootId == node.BootId)
            return ReconnectAsync(container, cancellation);
        if (container.Record is { IsRestored: true, Stage: ContainerStage.Created, Process: null })
            return Task.CompletedTask; // nothing of it runs yet
        container.Accept(record => record.ToExited(EndInReboot(container)));
        return Task.CompletedTask;
    }

    /// <summary>An exit that was recorded before the node went down counts; the rest nobody saw.</summary>
    private ContainerEnd EndInReboot(Container container) =>
        ExitRecord.ReadFirst(node.Layout.ExitRecords(container.Id)) is { } exit
        ? ContainerEnd.Of(exit, container.Record.KillAtNanos)
        : ContainerEnd.Unseen("the node was restarted while the container ran", node.NowNanos);

    /// <summary>
    /// Nothing that goes wrong with one container keeps the node from starting: it is watched in any case.
    /// </summary>
    private async Task ReconnectAsync(Container container, CancellationToken cancellation)
    {
        try
        {
            container.Monitor = await monitors.ConnectAsync(container.Id, cancellation).ConfigureAwait(false);
            await LetRunOnAsync(container, cancellation).ConfigureAwait(false);
            if (container.Record.Stage == ContainerStage.Starting)
                await AskRuntimeAsync(container, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            node.Log.NotTakenUp(container.Id, error);
        }

        exits.Watch(container);
        if (ExitRecord.ReadFirst(node.Layout.ExitRecords(container.Id)) is not null || IsGone(container))
            await container.Exited.WaitAsync(
                Patience, node.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The former daemon was killed while it checkpointed the container, which may be paused.</summary>
    private async Task LetRunOnAsync(Container container, CancellationToken cancellation)
    {
        var unfinished = Path.Combine(container.Directory, FileNames.Checkpoint);
        if (!Directory.Exists(unfinished))
            return;
        await handlers.Of(container).ResumeAsync(container.Id, cancellation).ConfigureAwait(false);
        Directory.Delete(unfinished, recursive: true);
    }

    private bool IsGone(Container container)
    {
        using var process = container.Record.Process?.Open(node.BootId);
        return process is null;
    }

    /// <summary>The former daemon was killed between the runtime's start and its answer.</summary>
    private async Task AskRuntimeAsync(Container container, CancellationToken cancellation)
    {
        var state = await handlers.Of(container).StateAsync(container.Id, cancellation).ConfigureAwait(false);
        container.Accept(record => state?.Status switch
        {
            RuntimeStatus.Created when record.Stage == ContainerStage.Starting =>
                record with { Stage = ContainerStage.Created, StartedAtNanos = 0 },
            RuntimeStatus.Running => record.ToRunning(),
            _ => record,
        });
    }

    private void Show(Pod pod, Container container)
    {
        if (container.IsPodInit)
        {
            pod.Init = container;
            if (container.IsOver)
                PodFailure.Record(pod);
            return;
        }

        node.Containers.Add(container);
        node.ContainerNames.Restore(container.Name, container.Request, container);
    }

    private async Task GoOnAsync(Container container, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            node.Log.NotResumed("the end", container.Id, error);
        }
    }
}
