using System.Diagnostics;
using Crisp.Bench.Peers;
using Crisp.Bench.Report;
using Runtime.V1;

namespace Crisp.Bench.Cases;

/// <summary>ExecSync of a program that does nothing: one after the other, then four at a time.</summary>
public sealed class ExecSync(Results results, string image)
{
    private const int Parallel = 4;

    private static readonly Figure Alone = new("ExecSync of true, alone", "ms");
    private static readonly Figure Throughput = new("ExecSync of true, four in parallel", "per second", MoreIsBetter: true);

    public async Task RunAsync(Peer peer, int runs)
    {
        await using var pod = await RunningPod.StartAsync(peer, "exec", image, "/bin/sleep", "600");
        await OneAsync(peer, pod);
        for (var run = 0; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            await OneAsync(peer, pod);
            results.Add(Alone, peer.Name, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        for (var round = 0; round < 3; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Parallel).Select(async _ =>
            {
                for (var run = 0; run < runs / Parallel; run++)
                    await OneAsync(peer, pod);
            }));
            results.Add(Throughput, peer.Name, runs / Parallel * Parallel / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
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
