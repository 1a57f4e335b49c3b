using Crisp.Linux;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Recovery;

/// <summary>Removes whatever there is of a pod of which only the ID is sure.</summary>
internal sealed class LeftoverPod(NodeState node, IPodNetwork network)
{
    internal async Task RemoveAsync(string id)
    {
        await network.DetachAsync(id, CancellationToken.None).ConfigureAwait(false);
        PodNamespaces.Unpin(node.Layout.NetNs(id));
        RemoveDirectory(Path.GetDirectoryName(node.Layout.IpcNs(id))!, node.Layout.IpcNs(id), node.Layout.UtsNs(id)); // never "/"
        RemoveDirectory(node.Layout.RunPod(id), Path.Combine(node.Layout.RunPod(id), FileNames.Shm));
        RemoveCgroupParent(id);
        RemoveDirectory(node.Layout.Pod(id));
    }

    private void RemoveCgroupParent(string id)
    {
        PodRecord? record = RecordFile.Read(Path.Combine(node.Layout.Pod(id), FileNames.Record), RecordJson.Default.PodRecord);
        if (record is not null)
            PodCgroup.RemoveParent(record);
    }

    private static void RemoveDirectory(string directory, params ReadOnlySpan<string> mountPoints)
    {
        foreach (string mountPoint in mountPoints)
            Mounts.Unmount(mountPoint, detach: true);
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
