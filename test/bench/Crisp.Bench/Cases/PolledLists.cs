using System.Diagnostics;
using Crisp.Bench.Peers;
using Crisp.Bench.Report;
using Google.Protobuf;
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
        await TimeAsync(
            peer, "ListPodSandbox", "pods", size, new ListPodSandboxRequest(),
            ListPodSandboxResponse.Parser, list => list.Items.Count);
        await TimeAsync(
            peer, "ListContainers", "containers", size, new ListContainersRequest(),
            ListContainersResponse.Parser, list => list.Containers.Count);
        await TimeAsync(
            peer, "ListContainerStats", "containers", size, new ListContainerStatsRequest(),
            ListContainerStatsResponse.Parser, list => list.Stats.Count);
        await TimeAsync(
            peer, "ListPodSandboxStats", "pods", size, new ListPodSandboxStatsRequest(),
            ListPodSandboxStatsResponse.Parser, list => list.Stats.Count);
    }

    private async Task TimeAsync<T>(
        Peer peer,
        string method,
        string what,
        int expected,
        IMessage request,
        MessageParser<T> parser,
        Func<T, int> countOf)
        where T : IMessage<T>
    {
        await UnreadAnswer.ToAsync(peer, method, request);
        for (var run = 0; run < Repetitions; run++)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await UnreadAnswer.ToAsync(peer, method, request);
            var taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            results.Add(new Figure($"{method}, {expected} {what}", "ms"), peer.Name, taken);
            var count = countOf(parser.ParseFrom(answer));
            if (count != expected)
                throw new InvalidOperationException($"{peer.Name}: {method} listed {count}, not {expected}");
        }
    }
}
