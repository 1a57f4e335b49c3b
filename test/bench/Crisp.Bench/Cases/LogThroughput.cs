using Crisp.Bench.Peers;
using Crisp.Bench.Report;
using Runtime.V1;

namespace Crisp.Bench.Cases;

/// <summary>How fast a container's output of 100-byte lines gets into its log, from start to exit.</summary>
public sealed class LogThroughput(Results results, string image)
{
    public const int Megabytes = 200;

    public static readonly Figure Speed = new($"log of {Megabytes} MB, 100-byte lines", "MB/s", MoreIsBetter: true);

    public static readonly string Command = $"yes {new string('x', 99)} | head -c {Megabytes}000000";

    public async Task RunAsync(Peer peer, int run)
    {
        await using var pod = await RunningPod.StartAsync(
            peer,
            $"log-{run}",
            image,
            "/bin/sh",
            "-c",
            Command);
        var status = await ExitedAsync(peer, pod.ContainerId);
        var seconds = (status.FinishedAt - status.StartedAt) / 1e9;
        if (status.ExitCode != 0 || new FileInfo(pod.Log).Length < Megabytes * 1000 * 1000L)
            throw new InvalidOperationException($"{peer.Name}: the log is incomplete: {status}");

        results.Add(Speed, peer.Name, Megabytes / seconds);
        File.Delete(pod.Log);
    }

    private static async Task<ContainerStatus> ExitedAsync(Peer peer, string id)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var status = (await peer.Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = id })).Status;
            if (status.State == ContainerState.ContainerExited)
                return status;
            await timer.WaitForNextTickAsync();
        }
    }
}
