using Crisp.Cri.Messages;
using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>kubelet asks every second: memory only.</summary>
internal sealed class ListPodSandbox(IPods pods) : IRpc<ListPodSandboxRequest, ListPodSandboxResponse>
{
    public Task<ListPodSandboxResponse> HandleAsync(ListPodSandboxRequest request, CancellationToken patience)
    {
        var matching = pods.List().Where(pod => PodFilter.Matches(request.Filter, pod));
        return Task.FromResult(new ListPodSandboxResponse { Items = { matching.Select(ListItems.Of) } });
    }
}
