using System.Runtime.CompilerServices;
using Crisp.Cri.Messages;
using Crisp.Pods;
using Crisp.Pods.Metrics;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// The same as ListPodSandboxMetrics, a batch of pods at a time: each is read when the one before was taken.
/// </summary>
internal sealed class StreamPodSandboxMetrics(IPods pods, IPodMetrics metrics)
    : IStreamRpc<StreamPodSandboxMetricsRequest, StreamPodSandboxMetricsResponse>
{
    private const int PodsPerReading = 16;

    public async IAsyncEnumerable<StreamPodSandboxMetricsResponse> HandleAsync(
        StreamPodSandboxMetricsRequest request, [EnumeratorCancellation] CancellationToken listening)
    {
        foreach (var batch in ListPodSandboxMetrics.Ready(pods).Chunk(PodsPerReading))
        {
            listening.ThrowIfCancellationRequested();
            var readings = await metrics.ReadAsync(batch);
            foreach (var chunk in MessageChunks.Of(readings.Select(MetricMessages.Metrics)))
                yield return new StreamPodSandboxMetricsResponse { PodSandboxMetrics = { chunk } };
        }
    }
}
