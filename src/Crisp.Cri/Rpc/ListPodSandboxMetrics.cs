using Crisp.Cri.Messages;
using Crisp.Pods;
using Crisp.Pods.Metrics;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>The metrics of the pods that are ready, read when asked for.</summary>
internal sealed class ListPodSandboxMetrics(IPods pods, IPodMetrics metrics)
    : IRpc<ListPodSandboxMetricsRequest, ListPodSandboxMetricsResponse>
{
    public async Task<ListPodSandboxMetricsResponse> HandleAsync(
        ListPodSandboxMetricsRequest request, CancellationToken patience)
    {
        var readings = await metrics.ReadAsync(Ready(pods));
        return new ListPodSandboxMetricsResponse { PodMetrics = { readings.Select(MetricMessages.Metrics) } };
    }

    internal static IReadOnlyList<PodSnapshot> Ready(IPods pods) =>
        [.. pods.List().Where(pod => pod.Phase == PodPhase.Ready)];
}
