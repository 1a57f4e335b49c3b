using Crisp.Linux;
using Crisp.Pods.Records;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// The taking apart of a pod, piece by piece. Every piece can be repeated and is content with nothing to do, so that
/// a failed creation, a stop, a removal and a new daemon all use the same ones.
/// </summary>
internal sealed class PodTeardown(NodeState node, IPodNetwork network, RemovedState removed)
{
    internal Task DetachNetworkAsync(Pod pod, CancellationToken cancellation) =>
        network.DetachAsync(pod.Id, cancellation);

    internal void RemoveNamespaces(Pod pod)
    {
        PodNamespaces.Remove(pod);
        removed.TakePodNamespaces(pod.Id);
    }

    /// <summary>Its /dev/shm and files, detached: a process that escaped its container may hold them.</summary>
    internal void RemoveRunDirectory(Pod pod)
    {
        Mounts.Unmount(node.Layout.Shm(pod.Id), detach: true);
        Mounts.Unmount(node.Layout.PodFiles(pod.Id), detach: true);
        removed.TakePodRunDirectory(pod.Id);
    }

    internal void DeleteRecords(Pod pod)
    {
        if (pod.Config.LogDirectory.Length == 0)
            removed.TakePodLogs(pod.Id);
        removed.TakePodRecords(pod.Id);
    }
}
