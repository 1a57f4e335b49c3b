using Crisp.Pods.Events;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// RemoveContainer:
/// <list type="number">
/// <item>kill it, if it runs;</item>
/// <item>wait until the runtime's state and the mounts are released, releasing them again if that failed;</item>
/// <item>record that it is being removed: a new daemon would go on with it;</item>
/// <item>let its monitor go, which kept the exit that a full disk would not take;</item>
/// <item>delete its content and records, and its name.</item>
/// </list>
/// The log stays: it is kubelet's.
/// </summary>
internal sealed class RemoveContainer(NodeState node, StopContainer stop, ContainerRelease release)
{
    /// <summary>Unknown is success (api.proto: "This call is idempotent").</summary>
    internal Task RemoveAsync(string idOrPrefix, CancellationToken patience) =>
        node.Containers.Find(idOrPrefix) is { } container ? RemoveAsync(container, patience) : Task.CompletedTask;

    internal Task RemoveAsync(Container container, CancellationToken patience) =>
        container.Removal.RunAsync(() => RemoveOnceAsync(container), patience);

    private async Task RemoveOnceAsync(Container container)
    {
        await stop.StopAsync(container, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        await release.ReleaseAsync(container).ConfigureAwait(false);
        container.Accept(record => record.ToRemoving()); // a full disk must not keep anybody from making room
        await container.DismissMonitorAsync().ConfigureAwait(false);
        await release.DeleteAsync(container).ConfigureAwait(false);
        node.Containers.Remove(container);
        node.Tell(ContainerEventKind.Deleted, container);
        if (!container.IsPodInit)
            node.ContainerNames.Release(container.Name, container.Id);
    }
}
