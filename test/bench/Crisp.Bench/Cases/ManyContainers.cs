using System.Diagnostics;
using Crisp.Bench.Peers;
using Crisp.Bench.Report;
using Runtime.V1;

namespace Crisp.Bench.Cases;

/// <summary>
/// Memory of the daemon and of what stands beside each container, and short calls among many containers.
/// </summary>
public sealed class ManyContainers(Results results, string image)
{
    private const int Repetitions = 30;

    public static readonly Figure MonitorDirty = new("100 per-container processes, private dirty, each", "MB");
    public static readonly Figure MonitorProportional = new(
        "100 per-container processes, proportional set, each", "MB");

    public async Task RunAsync(Peer peer, int statsPods, int statusPods)
    {
        var idle = ProcessMemory.Of(peer.Pid);
        results.Add(new Figure("daemon idle, proportional set", "MB"), peer.Name, idle.ProportionalMegabytes);
        results.Add(new Figure("daemon idle, resident set", "MB"), peer.Name, idle.ResidentMegabytes);

        var pods = new List<RunningPod>();
        try
        {
            await GrowAsync(peer, pods, statsPods);
            var busy = ProcessMemory.Of(peer.Pid);
            results.Add(new Figure($"daemon with {statsPods} pods, proportional set", "MB"),
                peer.Name, busy.ProportionalMegabytes);
            results.Add(
                new Figure($"daemon with {statsPods} pods, resident set", "MB"), peer.Name, busy.ResidentMegabytes);
            await TimeAsync(peer, $"ListContainerStats, {statsPods} containers", async () =>
                (await peer.Runtime.ListContainerStatsAsync(new ListContainerStatsRequest())).Stats.Count, statsPods);
            await GrowAsync(peer, pods, statusPods);
            foreach (var memory in ProcessMemory.Named(peer.ContainerProcessName, peer.Directory))
            {
                results.Add(MonitorDirty, peer.Name, memory.PrivateDirtyMegabytes);
                results.Add(MonitorProportional, peer.Name, memory.ProportionalMegabytes);
            }

            await TimeAsync(peer, $"ContainerStatus, {statusPods} containers", async () =>
                (await peer.Runtime.ContainerStatusAsync(
                    new ContainerStatusRequest { ContainerId = pods[0].ContainerId })).Status is null ? 0 : 1, 1);
        }
        finally
        {
            foreach (var pod in pods)
                await pod.DisposeAsync();
        }
    }

    private async Task GrowAsync(Peer peer, List<RunningPod> pods, int count)
    {
        while (pods.Count < count)
            pods.Add(await RunningPod.StartAsync(peer, $"many-{pods.Count}", image, "/bin/sleep", "600"));
    }

    private async Task TimeAsync(Peer peer, string name, Func<Task<int>> call, int expected)
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
