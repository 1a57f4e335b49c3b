using Crisp.Cri.Messages;
using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>kubelet asks every second: memory only.</summary>
internal sealed class ListContainers(IContainers containers) : IRpc<ListContainersRequest, ListContainersResponse>
{
    public Task<ListContainersResponse> HandleAsync(ListContainersRequest request, CancellationToken patience)
    {
        var matching = containers.List().Where(container => ContainerFilters.Match(request.Filter, container));
        return Task.FromResult(new ListContainersResponse { Containers = { matching.Select(ListItems.Of) } });
    }
}
