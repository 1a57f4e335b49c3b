using Crisp.Cri.Messages;
using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>The same as ListContainers in messages of bounded size.</summary>
internal sealed class StreamContainers(IContainers containers)
    : IStreamRpc<StreamContainersRequest, StreamContainersResponse>
{
    public IAsyncEnumerable<StreamContainersResponse> HandleAsync(
        StreamContainersRequest request, CancellationToken listening) =>
        MessageChunks.Of(containers.List()
                .Where(container => ContainerFilters.Match(request.Filter, container))
                .Select(ListItems.Of))
            .Select(chunk => new StreamContainersResponse { Containers = { chunk } })
            .ToStream();
}
