using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// The stop signal, the grace period, then SIGKILL; done when the exit is on record. Idempotent: an unknown or exited
/// container is success (api.proto, StopContainer).
/// </summary>
internal sealed class StopContainer(IContainers containers) : IRpc<StopContainerRequest, StopContainerResponse>
{
    public async Task<StopContainerResponse> HandleAsync(StopContainerRequest request, CancellationToken patience)
    {
        var id = Required.Text(request.ContainerId, "container_id");
        await containers.StopAsync(id, Required.Seconds(request.Timeout, "timeout"), patience);
        return new StopContainerResponse();
    }
}
