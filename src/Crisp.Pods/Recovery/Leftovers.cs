using Crisp.Pods.Identity;

namespace Crisp.Pods.Recovery;

/// <summary>
/// Finds what belongs to nobody: an ID that has a directory, pin, socket or runtime state of ours, and no pod or
/// container. Creations that a killed daemon did not finish are of this kind too. Other daemons' things have other
/// places.
/// </summary>
internal sealed class Leftovers(NodeState node, Func<string, Task> removePod, Func<string, Task> removeContainer)
{
    /// <summary>
    /// Removes all of it: containers first, since they live in pods' namespaces. What belongs to nobody is decided
    /// before this returns for the first time: the caller does not wait for ever, and what is made afterwards is not on
    /// its lists.
    /// </summary>
    internal async Task RemoveAsync(IReadOnlySet<string> knownPods, IReadOnlySet<string> knownContainers)
    {
        var containers = Except(ContainerIds(), knownContainers);
        var pods = Except(PodIds(), knownPods);
        await RemoveAllAsync(containers, removeContainer, "container").ConfigureAwait(false);
        await RemoveAllAsync(pods, removePod, "pod sandbox").ConfigureAwait(false);
    }

    /// <summary>
    /// Files of runtime calls that the former daemon did not live to see answered; before any call of this one.
    /// </summary>
    internal void RemoveCalls()
    {
        foreach (var file in StoredObjects.IdsIn(node.Layout.RuntimeCalls))
            File.Delete(Path.Combine(node.Layout.RuntimeCalls, file));
    }

    private static List<string> Except(IEnumerable<string> found, IReadOnlySet<string> known) =>
        [.. found.Distinct().Where(id => ObjectId.IsWellFormed(id) && !known.Contains(id))];

    private IEnumerable<string> ContainerIds() =>
    [
        .. StoredObjects.IdsIn(node.Layout.Containers),
        .. StoredObjects.IdsIn(node.Layout.RunContainers),
        .. StoredObjects.IdsIn(node.Layout.MonitorSockets),
        .. node.Options.Handlers.SelectMany(handler => StoredObjects.IdsIn(node.Layout.RuntimeRoot(handler))),
    ];

    private IEnumerable<string> PodIds() =>
    [
        .. StoredObjects.IdsIn(node.Layout.Pods),
        .. StoredObjects.IdsIn(node.Layout.RunPods),
        .. StoredObjects.IdsIn(node.Layout.Namespaces),
    ];

    private Task RemoveAllAsync(List<string> ids, Func<string, Task> remove, string what) =>
        Task.WhenAll(ids.Select(async id =>
        {
            try
            {
                await remove(id).ConfigureAwait(false);
                node.Log.LeftoverRemoved(what, id);
            }
            catch (Exception error)
            {
                node.Log.LeftoverStays(what, id, error);
            }
        }));
}
