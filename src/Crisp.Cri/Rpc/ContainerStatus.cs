using Crisp.Cri.Messages;
using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Everything about one container; NotFound tells kubelet that it is gone.</summary>
internal sealed class ContainerStatus(IContainers containers) : IRpc<ContainerStatusRequest, ContainerStatusResponse>
{
    public Task<ContainerStatusResponse> HandleAsync(ContainerStatusRequest request, CancellationToken patience)
    {
        var container = containers.Get(Required.Text(request.ContainerId, "container_id"));
        var response = new ContainerStatusResponse { Status = ContainerMessages.Status(container) };
        if (request.Verbose)
            response.Info.Add("info", VerboseInfo.Of(container));
        return Task.FromResult(response);
    }
}
