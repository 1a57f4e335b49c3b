namespace Crisp.Pods.Recovery;

/// <summary>
/// What a new daemon does before it answers:
/// <list type="number">
/// <item>read all records;</item>
/// <item>take up the pods: after a reboot none is ready, and the network of each is given back;</item>
/// <item>take up the containers: find their monitors, or what they left behind;</item>
/// <item>go on with stops and removals that were begun, beside everything else;</item>
/// <item>remove what belongs to nobody; this is waited for, but not long: a plugin that hangs does not keep the node
/// down.</item>
/// </list>
/// </summary>
internal sealed class Recovery(
    NodeState node, RecoverPod recoverPod, RecoverContainer recoverContainer, Leftovers leftovers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>After a reboot every pod's network is given back, and each takes a process per plugin.</summary>
    private static readonly ParallelOptions s_someAtOnce = new() { MaxDegreeOfParallelism = 16 };

    internal async Task RunAsync(CancellationToken cancellation)
    {
        var start = node.Time.GetTimestamp();
        leftovers.RemoveCalls();
        var stored = new StoredObjects(node);
        var pods = stored.ReadPods().ToDictionary(pod => pod.Id, StringComparer.Ordinal);
        List<Container> containers = [
            .. stored.ReadContainers().Where(container => pods.ContainsKey(container.Record.PodId))];

        List<Func<Task>> unfinished = [];
        foreach (var pod in pods.Values)
            recoverPod.TakeUp(pod, unfinished);
        await Task.WhenAll(containers.Select(container =>
            recoverContainer.TakeUpAsync(pods[container.Record.PodId], container, unfinished, cancellation)))
                .ConfigureAwait(false);
        node.Log.TookUp(pods.Count, containers.Count, (long)node.Time.GetElapsedTime(start).TotalMilliseconds);

        _ = Parallel.ForEachAsync(unfinished, s_someAtOnce, async (work, _) => await work().ConfigureAwait(false));
        await leftovers.RemoveAsync(pods.Keys.ToHashSet(), containers.Select(container => container.Id).ToHashSet())
            .WaitAsync(Patience, node.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
