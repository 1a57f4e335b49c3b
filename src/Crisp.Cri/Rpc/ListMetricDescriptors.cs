using Crisp.Cri.Messages;
using Crisp.Pods.Metrics;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>What the samples of ListPodSandboxMetrics mean; kubelet asks once, so it never changes.</summary>
internal sealed class ListMetricDescriptors(IPodMetrics metrics)
    : IRpc<ListMetricDescriptorsRequest, ListMetricDescriptorsResponse>
{
    public Task<ListMetricDescriptorsResponse> HandleAsync(
        ListMetricDescriptorsRequest request, CancellationToken patience) =>
        Task.FromResult(new ListMetricDescriptorsResponse
        {
            Descriptors = { metrics.Descriptions.Select(MetricMessages.Descriptor) }
        });
}
