using Crisp.Pods.Events;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// StopPodSandbox:
/// <list type="number">
/// <item>record that the pod is being stopped: it is NotReady, and takes no more containers;</item>
/// <item>stop its containers in parallel, then its init;</item>
/// <item>detach it from the network, which frees its addresses and host ports;</item>
/// <item>let go of its namespaces, its /dev/shm and its files;</item>
/// <item>record that it is stopped.</item>
/// </list>
/// Each step can be repeated; a failed one fails the call, and the next call goes on from there.
/// </summary>
internal sealed class StopPodSandbox(NodeState node, StopContainer stopContainer, PodTeardown teardown)
{
    /// <summary>Unknown or stopped already is success (api.proto: "This call is idempotent").</summary>
    internal Task StopAsync(string idOrPrefix, TimeSpan? longestGrace, CancellationToken patience) =>
        node.Pods.Find(idOrPrefix) is { } pod ? StopAsync(pod, longestGrace, patience) : Task.CompletedTask;

    internal Task StopAsync(Pod pod, CancellationToken patience) => StopAsync(pod, longestGrace: null, patience);

    private Task StopAsync(Pod pod, TimeSpan? longestGrace, CancellationToken patience)
    {
        var grace = node.Options.StopTimeout;
        if (longestGrace is { } longest && longest < grace)
            grace = longest;
        if (pod.Record.Stage == PodStage.Stopping)
            ShortenStops(pod, grace);
        return pod.Stopping.RunAsync(() => StopOnceAsync(pod, grace), patience);
    }

    private async Task StopOnceAsync(Pod pod, TimeSpan grace)
    {
        if (pod.Record.Stage == PodStage.Stopped)
            return;
        RecordStopping(pod);
        await StopContainersAsync(pod, grace).ConfigureAwait(false);
        await teardown.DetachNetworkAsync(pod, CancellationToken.None).ConfigureAwait(false);
        teardown.RemoveNamespaces(pod);
        teardown.RemoveRunDirectory(pod);
        RecordStopped(pod);
        if (pod.TryTellStopped())
            node.Tell(ContainerEventKind.Stopped, pod);
    }

    /// <summary>
    /// Whoever joins a stop with less time than its first caller had is not kept waiting for the difference.
    /// </summary>
    private void ShortenStops(Pod pod, TimeSpan grace)
    {
        foreach (var container in node.ContainersOf(pod).Where(container => !container.IsOver))
            stopContainer.Shorten(container, grace);
    }

    private static void RecordStopping(Pod pod) =>
        pod.Accept(record => record.Stage is PodStage.Ready or PodStage.Failed
            ? record with { Stage = PodStage.Stopping }
            : record);

    private async Task StopContainersAsync(Pod pod, TimeSpan grace)
    {
        await node.ContainerNames.QuietAsync(owner: pod.Id).ConfigureAwait(false);
        await Task.WhenAll(node.ContainersOf(pod).Select(container =>
            stopContainer.StopAsync(container, grace, CancellationToken.None))).ConfigureAwait(false);
        if (pod.Init is { } init)
            await stopContainer.StopAsync(init, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
    }

    private static void RecordStopped(Pod pod) => pod.Accept(record => record.Stage == PodStage.Stopping
        ? record with { Stage = PodStage.Stopped, NetNs = null, IpcNs = null, UtsNs = null, UserNs = null }
        : record);
}
