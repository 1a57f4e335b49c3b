using Crisp.Images;
using Crisp.Linux;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;

namespace Crisp.Pods.Recovery;

/// <summary>Removes whatever there is of a container of which only the ID is sure.</summary>
internal sealed class LeftoverContainer(
    NodeState node, RuntimeHandlers handlers,
    MonitorLauncher monitors, Snapshots snapshots, ImageVolumes volumes, RemovedState removed, EventLoop loop)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal async Task RemoveAsync(string id)
    {
        using var bound = new CancellationTokenSource(Patience, node.Time);
        await monitors.DismissAsync(id, bound.Token).ConfigureAwait(false);
        foreach (var handler in handlers.All.Where(handler => handler.Knows(id)))
            await handler.Cli.DeleteAsync(id, force: true, bound.Token).ConfigureAwait(false);
        await RemoveCgroupAsync(id, bound.Token).ConfigureAwait(false);
        volumes.Unmount(id);
        await snapshots.UnmountAsync(node.Layout.Container(id)).ConfigureAwait(false);
        removed.TakeContainer(id);
    }

    private async Task RemoveCgroupAsync(string id, CancellationToken cancellation)
    {
        var file = Path.Combine(node.Layout.Container(id), FileNames.Record);
        if (RecordFile.Read(file, RecordJson.Default.ContainerRecord) is { } record)
        {
            await ContainerCgroup.RemoveAsync(record.CgroupPath, loop, node.Time, cancellation).ConfigureAwait(false);
            await MonitorCgroup.RemoveAsync(record, loop, node.Time, cancellation).ConfigureAwait(false);
        }
    }
}
