using Crisp.Images;
using Crisp.Linux;
using Crisp.Pods.Checkpoints;
using Crisp.Pods.Records;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// What is left of a container that has ended: the runtime's state and cgroup and the mounted root first, content and
/// records when it is removed. Every piece can be repeated and is content with nothing to do.
/// </summary>
internal sealed class ContainerRelease(
    NodeState node, RuntimeHandlers handlers,
    Snapshots snapshots, ImageVolumes volumes, RemovedState removed, EventLoop loop) : IContainerRelease
{
    public Task ReleaseAsync(Container container) =>
        container.Releasing.RunAsync(() => ReleaseOnceAsync(container), CancellationToken.None);

    /// <summary>What the runtime does not know it is not asked about: that would cost a process.</summary>
    internal async Task DeleteFromRuntimeAsync(Container container, CancellationToken cancellation)
    {
        var handler = handlers.HandlerOf(container);
        if (handler.Knows(container.Id))
            await handler.Cli.DeleteAsync(container.Id, force: true, cancellation).ConfigureAwait(false);
        await ContainerCgroup.RemoveAsync(
            container.Record.CgroupPath, loop, node.Time, cancellation).ConfigureAwait(false);
        if (container.Record.IsRestored)
            RestoreLeftovers.Remove(CheckpointFiles.WorkOf(container), handler.StateOf(container.Id));
    }

    /// <summary>Its root, and its image volumes.</summary>
    internal Task UnmountAsync(Container container)
    {
        if (container.Record.ImageVolumes is not null)
            volumes.Unmount(container.Id);
        return snapshots.UnmountAsync(container.Directory);
    }

    internal async Task DeleteAsync(Container container)
    {
        await UnmountAsync(container).ConfigureAwait(false);
        await MonitorCgroup.RemoveAsync(
            container.Record, loop, node.Time, CancellationToken.None).ConfigureAwait(false);
        removed.TakeContainer(container.Id);
    }

    private async Task ReleaseOnceAsync(Container container)
    {
        if (container.Record.Stage >= ContainerStage.Released)
            return;
        await Task.WhenAll(
            DeleteFromRuntimeAsync(container, CancellationToken.None),
            MonitorCgroup.TryRemoveAsync(container.Record, node.Time, CancellationToken.None),
            UnmountAsync(container)).ConfigureAwait(false);
        container.Accept(record => record.ToReleased());
    }
}
