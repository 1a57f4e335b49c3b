using System.Diagnostics;
using Crisp.Bench.Peers;
using Crisp.Bench.Report;
using Runtime.V1;

namespace Crisp.Bench.Cases;

/// <summary>
/// The calls that kubelet polls, with more and more containers: how long each takes, and whether that grows no faster
/// than their number. Each container has a pod of its own, as most have.
/// </summary>
public sealed class PolledLists(Results results, string image)
{
    private const int Repetitions = 30;

    public static readonly int[] Sizes = [10, 100, 300];

    public async Task RunAsync(Peer peer)
    {
        var pods = new List<RunningPod>();
        try
        {
            foreach (var size in Sizes)
            {
                while (pods.Count < size)
                    pods.Add(await RunningPod.StartAsync(peer, $"listed-{pods.Count}", image, "/bin/sleep", "3600"));
                await MeasureAsync(peer, size);
            }
        }
        finally
        {
            foreach (var pod in pods)
                await pod.DisposeAsync();
        }
    }

    private async Task MeasureAsync(Peer peer, int size)
    {
        await TimeAsync(peer, $"ListPodSandbox, {size} pods", size, async () =>
            (await peer.Runtime.ListPodSandboxAsync(new ListPodSandboxRequest())).Items.Count);
        await TimeAsync(peer, $"ListContainers, {size} containers", size, async () =>
            (await peer.Runtime.ListContainersAsync(new ListContainersRequest())).Containers.Count);
        await TimeAsync(peer, $"ListContainerStats, {size} containers", size, async () =>
            (await peer.Runtime.ListContainerStatsAsync(new ListContainerStatsRequest())).Stats.Count);
        await TimeAsync(peer, $"ListPodSandboxStats, {size} pods", size, async () =>
            (await peer.Runtime.ListPodSandboxStatsAsync(new ListPodSandboxStatsRequest())).Stats.Count);
    }

    private async Task TimeAsync(Peer peer, string name, int expected, Func<Task<int>> call)
    {
        await call();
        for (var run = 0; run < Repetitions; run++)
        {
            var start = Stopwatch.GetTimestamp();
            var count = await call();
            results.Add(new Figure(name, "ms"), peer.Name, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (count != expected)
                throw new InvalidOperationException($"{peer.Name}: {name} listed {count}, not {expected}");
        }
    }
}
