using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Runs the program of a created container.</summary>
internal sealed class StartContainer(IContainers containers) : IRpc<StartContainerRequest, StartContainerResponse>
{
    public async Task<StartContainerResponse> HandleAsync(StartContainerRequest request, CancellationToken patience)
    {
        await containers.StartAsync(Required.Text(request.ContainerId, "container_id"), patience);
        return new StartContainerResponse();
    }
}
