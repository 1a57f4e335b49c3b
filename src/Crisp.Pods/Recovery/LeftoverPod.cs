using Crisp.Linux;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Recovery;

/// <summary>Removes whatever there is of a pod of which only the ID is sure.</summary>
internal sealed class LeftoverPod(NodeState node, IPodNetwork network, RemovedState removed)
{
    internal async Task RemoveAsync(string id)
    {
        await network.DetachAsync(id, CancellationToken.None).ConfigureAwait(false);
        PodNamespaces.Unpin(node.Layout.NetNs(id));
        foreach (var mount in (string[])[node.Layout.IpcNs(id),
            node.Layout.UtsNs(id), node.Layout.UserNs(id), node.Layout.Shm(id), node.Layout.PodFiles(id)])
            Mounts.Unmount(mount, detach: true);
        removed.TakePodNamespaces(id);
        removed.TakePodRunDirectory(id);
        RemoveCgroupParent(id);
        removed.TakePodLogs(id);
        removed.TakePodRecords(id);
    }

    private void RemoveCgroupParent(string id)
    {
        PodRecord? record = RecordFile.Read(
            Path.Combine(node.Layout.Pod(id), FileNames.Record), RecordJson.Default.PodRecord);
        if (record is not null)
            PodCgroup.RemoveParent(record);
    }
}
