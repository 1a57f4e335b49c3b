using Crisp.Pods.Checkpoints;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Writes a running container's state to an archive; the container runs on.</summary>
internal sealed class CheckpointContainer(ICheckpoints checkpoints)
    : IRpc<CheckpointContainerRequest, CheckpointContainerResponse>
{
    public async Task<CheckpointContainerResponse> HandleAsync(
        CheckpointContainerRequest request, CancellationToken patience)
    {
        var id = Required.Text(request.ContainerId, "container_id");
        var location = Required.Text(request.Location, "location");
        var timeout = Required.Seconds(request.Timeout, "timeout");
        await checkpoints.CheckpointAsync(id, location, timeout == TimeSpan.Zero ? null : timeout, patience);
        return new CheckpointContainerResponse();
    }
}
