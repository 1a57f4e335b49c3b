using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>After a rotation: done when the log file exists again under its name.</summary>
internal sealed class ReopenContainerLog(IContainers containers)
    : IRpc<ReopenContainerLogRequest, ReopenContainerLogResponse>
{
    public async Task<ReopenContainerLogResponse> HandleAsync(
        ReopenContainerLogRequest request, CancellationToken patience)
    {
        await containers.ReopenLogAsync(Required.Text(request.ContainerId, "container_id"), patience);
        return new ReopenContainerLogResponse();
    }
}
