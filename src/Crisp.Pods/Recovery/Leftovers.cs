using Crisp.Pods.Identity;

namespace Crisp.Pods.Recovery;

/// <summary>
/// Finds what belongs to nobody: an ID that has a directory, pin, socket or runtime state of ours, and no pod or
/// container. Creations that a killed daemon did not finish are of this kind too. Other daemons' things have other places.
/// </summary>
internal sealed class Leftovers(NodeState node, LeftoverPod pods, LeftoverContainer containers)
{
    /// <summary>Removes all of it: containers first, since they live in pods' namespaces.</summary>
    internal async Task RemoveAsync(IReadOnlySet<string> knownPods, IReadOnlySet<string> knownContainers)
    {
        await RemoveAllAsync(Except(ContainerIds(), knownContainers), containers.RemoveAsync, "container").ConfigureAwait(false);
        await RemoveAllAsync(Except(PodIds(), knownPods), pods.RemoveAsync, "pod sandbox").ConfigureAwait(false);
    }

    /// <summary>Files of runtime calls that the former daemon did not live to see answered; before any call of this one.</summary>
    internal void RemoveCalls()
    {
        foreach (string file in StoredObjects.IdsIn(node.Layout.RuntimeCalls))
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

    private Task RemoveAllAsync(List<string> ids, Func<string, Task> remove, string what) => Task.WhenAll(ids.Select(async id =>
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
