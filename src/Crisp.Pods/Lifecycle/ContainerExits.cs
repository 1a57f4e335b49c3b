using Crisp.MonitorProtocol;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// Watches every container to its end, one task each:
/// <list type="number">
/// <item>wait for the monitor's word, or, when the monitor is lost, for the end of the process;</item>
/// <item>kill what is left in the cgroup;</item>
/// <item>put the exit on record, which is what stops wait for, and acknowledge it to the monitor, which then ends;</item>
/// <item>release what the container held, after the runtime's start has returned: a program that ends at once would
/// otherwise have its state deleted under it.</item>
/// </list>
/// </summary>
internal sealed class ContainerExits(NodeState node, IContainerProcesses processes, IContainerRelease release, CancellationToken shutdown)
{
    /// <summary>Called when the end of a container is on record.</summary>
    internal event Action<Container>? Recorded;

    internal void Watch(Container container) => _ = WatchAsync(container);

    internal async Task WatchAsync(Container container)
    {
        try
        {
            ContainerEnd end = await EndOfAsync(container).ConfigureAwait(false);
            await KillLeftoversAsync(container).ConfigureAwait(false);
            await RecordAsync(container, end).ConfigureAwait(false);
            await container.Starting.QuietAsync().ConfigureAwait(false);
            await release.ReleaseAsync(container).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested)
        {
            // The container runs on, and the next daemon takes up the watch.
        }
        catch (Exception error)
        {
            node.Log.ExitNotHandled(container.Id, error);
        }
    }

    private async Task<ContainerEnd> EndOfAsync(Container container)
    {
        if (container.Monitor is { } monitor)
        {
            try
            {
                return ContainerEnd.Of(await monitor.Exit.WaitAsync(shutdown).ConfigureAwait(false));
            }
            catch (MonitorLostException error)
            {
                node.Log.MonitorLost(container.Id, error);
            }
        }

        await processes.EndedAsync(container, shutdown).ConfigureAwait(false);
        return ExitRecord.ReadFirst(node.Layout.ExitRecords(container.Id)) is { } exit
            ? ContainerEnd.Of(exit)
            : ContainerEnd.Unseen("the monitor was lost, and nobody saw how the container ended", node.NowNanos);
    }

    /// <summary>Where the PID namespace is the container's own the kernel has done it already.</summary>
    private async Task KillLeftoversAsync(Container container)
    {
        using CancellationTokenSource bound = new(node.Options.KillTimeout, node.Time);
        try
        {
            await processes.KillAllAsync(container, bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            node.Log.LeftoversNotKilled(container.Id, container.Record.CgroupPath);
        }
    }

    /// <summary>An exit that cannot be written stays the monitor's to keep: it is not acknowledged.</summary>
    private async Task RecordAsync(Container container, ContainerEnd end)
    {
        IOException? unwritten = container.Accept(record => record.ToExited(end));
        node.Log.Exited(container.Id, container.Record.ExitCode, container.Record.Reason);
        Recorded?.Invoke(container);
        if (unwritten is not null)
            node.Log.ExitNotWritten(container.Id, unwritten);
        if (container.Monitor is not { } monitor)
            return;
        if (unwritten is null)
            await monitor.AcknowledgeExitAsync().ConfigureAwait(false);
        container.Monitor = null;
        await monitor.DisposeAsync().ConfigureAwait(false);
    }
}
