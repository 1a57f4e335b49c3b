using Crisp.MonitorProtocol;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// Watches every container to its end, one task each:
/// <list type="number">
/// <item>wait for the monitor's word, or, when the monitor is lost, for the end of the process;</item>
/// <item>kill what is left in the cgroup;</item>
/// <item>put the exit on record, which is what stops wait for, and acknowledge it to the monitor, which then
/// ends;</item>
/// <item>release what the container held, after the runtime's start has returned: a program that ends at once would
/// otherwise have its state deleted under it.</item>
/// </list>
/// </summary>
internal sealed class ContainerExits(
    NodeState node,
    IContainerProcesses processes,
    IContainerRelease release,
    Func<string, CancellationToken, Task<IMonitor?>> reconnect,
    CancellationToken shutdown)
{
    /// <summary>A monitor that hangs up on every connection is as good as lost.</summary>
    private const int MostConnections = 4;

    /// <summary>Called when the end of a container is on record.</summary>
    internal event Action<Container>? Recorded;

    internal void Watch(Container container) => _ = WatchAsync(container);

    internal async Task WatchAsync(Container container)
    {
        try
        {
            var end = await EndOfAsync(container).ConfigureAwait(false);
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

    /// <summary>
    /// A monitor whose connection broke may live on, as one that was slow to take its messages: it is asked again,
    /// since only it will know how the container ended. The process itself is watched when nobody answers there.
    /// </summary>
    private async Task<ContainerEnd> EndOfAsync(Container container)
    {
        for (var connections = 0; container.Monitor is { } monitor && connections < MostConnections; connections++)
        {
            try
            {
                var seen = await monitor.Exit.WaitAsync(shutdown).ConfigureAwait(false);
                return ContainerEnd.Of(seen, container.Record.KillAtNanos);
            }
            catch (Exception error) when (!shutdown.IsCancellationRequested)
            {
                node.Log.MonitorLost(container.Id, error);
                container.Monitor = await ReconnectAsync(container).ConfigureAwait(false);
                await monitor.DisposeAsync().ConfigureAwait(false);
            }
        }

        await processes.EndedAsync(container, shutdown).ConfigureAwait(false);
        return ExitRecord.ReadFirst(node.Layout.ExitRecords(container.Id)) is { } exit
            ? ContainerEnd.Of(exit, container.Record.KillAtNanos)
            : ContainerEnd.Unseen("the monitor was lost, and nobody saw how the container ended", node.NowNanos);
    }

    private async Task<IMonitor?> ReconnectAsync(Container container)
    {
        try
        {
            return await reconnect(container.Id, shutdown).ConfigureAwait(false);
        }
        catch (Exception error) when (!shutdown.IsCancellationRequested)
        {
            node.Log.MonitorLost(container.Id, error);
            return null;
        }
    }

    /// <summary>
    /// Where the PID namespace is the container's own the kernel has done it already. Whatever goes wrong (a container
    /// can make its cgroup unreadable) keeps no exit from its record.
    /// </summary>
    private async Task KillLeftoversAsync(Container container)
    {
        if (container.HasOwnPids)
            return;
        using var bound = new CancellationTokenSource(node.Options.KillTimeout, node.Time);
        try
        {
            await processes.KillAllAsync(container, bound.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            node.Log.LeftoversNotKilled(container.Id, container.Record.CgroupPath, error);
        }
    }

    /// <summary>
    /// An exit that cannot be written stays the monitor's to keep, until the container is removed: it is not
    /// acknowledged.
    /// </summary>
    private async Task RecordAsync(Container container, ContainerEnd end)
    {
        var unwritten = container.Accept(record => record.ToExited(end));
        node.Log.Exited(container.Id, container.Record.ExitCode, container.Record.Reason);
        Recorded?.Invoke(container);
        if (unwritten is null)
            await container.DismissMonitorAsync().ConfigureAwait(false);
        else
            node.Log.ExitNotWritten(container.Id, unwritten);
    }
}
