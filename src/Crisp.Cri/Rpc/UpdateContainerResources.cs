using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// Changes the limits of a container that runs; kubelet reads them back from ContainerStatus.resources.
/// </summary>
internal sealed class UpdateContainerResources(IContainers containers)
    : IRpc<UpdateContainerResourcesRequest, UpdateContainerResourcesResponse>
{
    public async Task<UpdateContainerResourcesResponse> HandleAsync(
        UpdateContainerResourcesRequest request, CancellationToken patience)
    {
        var id = Required.Text(request.ContainerId, "container_id");
        await containers.UpdateAsync(id, Required.Message(request.Linux, "linux"), patience);
        return new UpdateContainerResourcesResponse();
    }
}
