using System.Diagnostics;
using Crisp.Bench.Peers;
using Crisp.Bench.Report;
using Runtime.V1;

namespace Crisp.Bench.Cases;

/// <summary>ExecSync of a program that does nothing: one after the other, then four and eight at a time.</summary>
public sealed class ExecSync(Results results, string image)
{
    private static readonly Figure Alone = new("ExecSync of true, alone", "ms");
    private static readonly Figure AloneWorst = new("ExecSync of true, alone, 99th percentile", "ms");
    private static readonly Figure ByFour = new("ExecSync of true, four in parallel", "per second", MoreIsBetter: true);
    private static readonly Figure ByEight = new("ExecSync of true, eight in parallel, each", "ms");
    private static readonly Figure ByEightWorst = new(
        "ExecSync of true, eight in parallel, each, 99th percentile", "ms");

    public async Task RunAsync(Peer peer, int runs)
    {
        await using var pod = await RunningPod.StartAsync(peer, "exec", image, "/bin/sleep", "600");
        await OneAsync(peer, pod);
        var alone = new Samples();
        for (var run = 0; run < runs; run++)
            alone.Add(await TimeAsync(peer, pod, Alone));
        results.Add(AloneWorst, peer.Name, alone.Quantile(0.99));

        for (var round = 0; round < 3; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await InParallelAsync(4, runs, async _ => await OneAsync(peer, pod));
            results.Add(ByFour, peer.Name, runs / 4 * 4 / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        var crowded = new Samples();
        await InParallelAsync(8, 2 * runs, async _ =>
        {
            var taken = await TimeAsync(peer, pod, ByEight);
            lock (crowded)
                crowded.Add(taken);
        });
        results.Add(ByEightWorst, peer.Name, crowded.Quantile(0.99));
    }

    private static Task InParallelAsync(int parallel, int runs, Func<int, Task> one) =>
        Task.WhenAll(Enumerable.Range(0, parallel).Select(async _ =>
        {
            for (var run = 0; run < runs / parallel; run++)
                await one(run);
        }));

    private async Task<double> TimeAsync(Peer peer, RunningPod pod, Figure figure)
    {
        var start = Stopwatch.GetTimestamp();
        await OneAsync(peer, pod);
        var taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        lock (results)
            results.Add(figure, peer.Name, taken);
        return taken;
    }

    private static async Task OneAsync(Peer peer, RunningPod pod)
    {
        var answer = await peer.Runtime.ExecSyncAsync(new ExecSyncRequest
        {
            ContainerId = pod.ContainerId,
            Cmd = { "/bin/true" },
            Timeout = 10,
        });
        if (answer.ExitCode != 0)
            throw new InvalidOperationException($"{peer.Name}: true ended with {answer.ExitCode}");
    }
}
