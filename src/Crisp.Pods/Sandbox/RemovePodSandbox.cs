using Crisp.Pods.Events;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// RemovePodSandbox:
/// <list type="number">
/// <item>record that the pod is being removed: a new daemon would go on with it;</item>
/// <item>remove its containers by force, in parallel;</item>
/// <item>stop it, if it is not stopped;</item>
/// <item>delete what is left of it on disk, and its name.</item>
/// </list>
/// </summary>
internal sealed class RemovePodSandbox(
    NodeState node, StopPodSandbox stop, RemoveContainer removeContainer, PodInit init, PodTeardown teardown)
{
    /// <summary>Unknown is success (api.proto: "This call is idempotent").</summary>
    internal Task RemoveAsync(string idOrPrefix, CancellationToken patience) =>
        node.Pods.Find(idOrPrefix) is { } pod ? RemoveAsync(pod, patience) : Task.CompletedTask;

    internal Task RemoveAsync(Pod pod, CancellationToken patience) =>
        pod.Removal.RunAsync(() => RemoveOnceAsync(pod), patience);

    private async Task RemoveOnceAsync(Pod pod)
    {
        // a full disk must not keep anybody from making room
        pod.Accept(record => record with { Stage = PodStage.Removing });
        await node.ContainerNames.QuietAsync(owner: pod.Id).ConfigureAwait(false);
        await Task.WhenAll(node.ContainersOf(pod).Select(container =>
            removeContainer.RemoveAsync(container, CancellationToken.None))).ConfigureAwait(false);
        await stop.StopAsync(pod, CancellationToken.None).ConfigureAwait(false);
        await init.RemoveAsync(pod, CancellationToken.None).ConfigureAwait(false);
        PodCgroup.RemoveParent(pod.Record);
        teardown.DeleteRecords(pod);
        node.Pods.Remove(pod);
        node.Tell(ContainerEventKind.Deleted, pod);
        node.PodNames.Release(pod.Name, pod.Id);
    }
}
