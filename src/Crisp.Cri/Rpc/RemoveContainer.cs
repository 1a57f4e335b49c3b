using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// Kills what still runs and removes the container; its log stays. An unknown container is success (api.proto,
/// RemoveContainer).
/// </summary>
internal sealed class RemoveContainer(IContainers containers) : IRpc<RemoveContainerRequest, RemoveContainerResponse>
{
    public async Task<RemoveContainerResponse> HandleAsync(RemoveContainerRequest request, CancellationToken patience)
    {
        await containers.RemoveAsync(Required.Text(request.ContainerId, "container_id"), patience);
        return new RemoveContainerResponse();
    }
}
