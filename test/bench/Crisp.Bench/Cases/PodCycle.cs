using System.Diagnostics;
using Crisp.Bench.Peers;
using Crisp.Bench.Report;
using Runtime.V1;

namespace Crisp.Bench.Cases;

/// <summary>
/// One pod from RunPodSandbox to RemovePodSandbox, each RPC timed apart and the whole cycle with them.
/// </summary>
public sealed class PodCycle(Results results, string image, bool hostNetwork)
{
    private readonly string kind = hostNetwork ? "host-network pod" : "network pod";

    public async Task RunAsync(Peer peer, int run, bool counted)
    {
        var times = new List<(string Step, double Milliseconds)>();
        var pod = CriRequests.Pod(peer.Name, $"cycle-{run}", peer.Directory, hostNetwork);
        var container = CriRequests.Container("main", image, "/bin/sleep", "600");

        async Task<T> Timed<T>(string step, Func<Task<T>> call)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await call();
            times.Add((step, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
            return answer;
        }

        var runtime = peer.Runtime;
        var podId = (await Timed("RunPodSandbox", async () =>
            await runtime.RunPodSandboxAsync(new RunPodSandboxRequest { Config = pod }))).PodSandboxId;
        var id =
            (await Timed("CreateContainer", async () => await runtime.CreateContainerAsync(new CreateContainerRequest
            {
                PodSandboxId = podId,
                Config = container,
                SandboxConfig = pod,
            }))).ContainerId;
        await Timed("StartContainer", async () =>
            await runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id }));
        var untilRunning = times.Sum(t => t.Milliseconds);
        await Timed("StopContainer (timeout 0)", async () =>
            await runtime.StopContainerAsync(new StopContainerRequest { ContainerId = id }));
        await Timed("RemoveContainer", async () =>
            await runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id }));
        await Timed("StopPodSandbox", async () =>
            await runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = podId }));
        await Timed("RemovePodSandbox", async () =>
            await runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = podId }));
        if (!counted)
            return;

        results.Add(new Figure($"{kind}: whole cycle", "ms"), peer.Name, times.Sum(t => t.Milliseconds));
        results.Add(new Figure($"{kind}: until running", "ms"), peer.Name, untilRunning);
        foreach (var (step, milliseconds) in times)
            results.Add(new Figure($"{kind}: {step}", "ms"), peer.Name, milliseconds);
    }
}
