using System.Runtime.CompilerServices;
using Crisp.Cri.Messages;
using Crisp.Pods;
using Crisp.Pods.Stats;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// The same as ListPodSandboxStats, a batch of pods at a time: each is read when the one before was taken.
/// </summary>
internal sealed class StreamPodSandboxStats(IPods pods, IPodStats stats)
    : IStreamRpc<StreamPodSandboxStatsRequest, StreamPodSandboxStatsResponse>
{
    private const int PodsPerReading = 64;

    public async IAsyncEnumerable<StreamPodSandboxStatsResponse> HandleAsync(
        StreamPodSandboxStatsRequest request, [EnumeratorCancellation] CancellationToken listening)
    {
        foreach (var batch in ListPodSandboxStats.Matching(pods, request.Filter).Chunk(PodsPerReading))
        {
            listening.ThrowIfCancellationRequested();
            var readings = await stats.ReadAsync(batch);
            foreach (var chunk in MessageChunks.Of(readings.Select(PodStatsMessages.Stats)))
                yield return new StreamPodSandboxStatsResponse { PodSandboxStats = { chunk } };
        }
    }
}
