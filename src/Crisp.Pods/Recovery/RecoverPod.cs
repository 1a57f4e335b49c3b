using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Recovery;

/// <summary>Takes up one pod that a former daemon made.</summary>
internal sealed class RecoverPod(NodeState node, StopPodSandbox stop, RemovePodSandbox remove)
{
    /// <summary>
    /// The pod is listed afterwards; what has still to be done with it is added to the unfinished work.
    /// </summary>
    internal void TakeUp(Pod pod, List<Func<Task>> unfinished)
    {
        pod.Accept(record => Decide(record, node.BootId)); // a fact, whether or not the disk takes it
        node.Pods.Add(pod);
        node.PodNames.Restore(pod.Name, pod.Request, pod);
        if (pod.Record.Stage == PodStage.Removing)
            unfinished.Add(() => GoOnAsync("the removal", pod, remove.RemoveAsync));
        else if (pod.Record.Stage == PodStage.Stopping)
            unfinished.Add(() => GoOnAsync("the stop", pod, stop.StopAsync));
    }

    /// <summary>After a reboot nothing of a pod is left but what its network plugins remember: it is stopped.</summary>
    internal static PodRecord Decide(PodRecord record, string bootId) =>
        record.BootId != bootId && record.Stage is PodStage.Ready or PodStage.Failed
            ? record with { Stage = PodStage.Stopping }
            : record;

    private async Task GoOnAsync(string work, Pod pod, Func<Pod, CancellationToken, Task> act)
    {
        try
        {
            await act(pod, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            node.Log.NotResumed(work, pod.Id, error);
        }
    }
}
