using Crisp.Cri.Messages;
using Crisp.Pods;
using Crisp.Pods.Stats;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>What one container uses.</summary>
internal sealed class ContainerStats(IContainers containers, IContainerStats stats)
    : IRpc<ContainerStatsRequest, ContainerStatsResponse>
{
    public Task<ContainerStatsResponse> HandleAsync(ContainerStatsRequest request, CancellationToken patience)
    {
        var container = containers.Get(Required.Text(request.ContainerId, "container_id"));
        var reading = stats.Read(container);
        return Task.FromResult(new ContainerStatsResponse { Stats = ContainerStatsMessages.Stats(reading) });
    }
}
