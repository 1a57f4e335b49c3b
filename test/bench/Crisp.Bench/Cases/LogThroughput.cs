using Crisp.Bench.Peers;
using Crisp.Bench.Report;

namespace Crisp.Bench.Cases;

/// <summary>
/// How fast a container's output gets into its log, and what that costs the daemon and the process beside the
/// container.
/// </summary>
public sealed class LogThroughput(Results results, string image, LogLoad load)
{
    public async Task RunAsync(Peer peer, int run)
    {
        var before = ProcessTime.SecondsOf([peer.Pid]);
        await using var pod = await RunningPod.StartAsync(
            peer, $"log-{load.LineBytes}-{run}", image, "/bin/sh", "-c", load.Command);
        var seconds = await LogEnds.SecondsAsync(pod.Log);
        var spent = ProcessTime.SecondsOf(
            [peer.Pid, .. ProcessMemory.PidsNamed(peer.ContainerProcessName, peer.Directory)]) - before;
        if (new FileInfo(pod.Log).Length < LogLoad.Megabytes * 1000 * 1000L)
            throw new InvalidOperationException($"{peer.Name}: the log is incomplete");

        results.Add(load.Speed, peer.Name, LogLoad.Megabytes / seconds);
        results.Add(load.Cpu, peer.Name, spent * 1000 / LogLoad.Megabytes);
        File.Delete(pod.Log);
    }
}
