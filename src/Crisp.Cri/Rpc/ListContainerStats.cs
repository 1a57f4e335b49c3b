using Crisp.Cri.Messages;
using Crisp.Pods;
using Crisp.Pods.Stats;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>What the containers use that have not exited, as in cri-o.</summary>
internal sealed class ListContainerStats(IContainers containers, IContainerStats stats)
    : IRpc<ListContainerStatsRequest, ListContainerStatsResponse>
{
    public Task<ListContainerStatsResponse> HandleAsync(ListContainerStatsRequest request, CancellationToken patience)
    {
        var response = new ListContainerStatsResponse();
        foreach (var container in Matching(containers, request.Filter))
            response.Stats.Add(ContainerStatsMessages.Stats(stats.Read(container)));
        return Task.FromResult(response);
    }

    internal static IEnumerable<ContainerSnapshot> Matching(IContainers containers, ContainerStatsFilter? filter) =>
        containers.List().Where(
            container => container.Phase != ContainerPhase.Exited && ContainerFilters.Match(filter, container));
}
