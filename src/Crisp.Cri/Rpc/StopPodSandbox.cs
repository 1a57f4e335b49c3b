using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Stops the pod's containers and frees its addresses. Idempotent: an unknown pod is success (api.proto, StopPodSandbox).</summary>
internal sealed class StopPodSandbox(IPods pods) : IRpc<StopPodSandboxRequest, StopPodSandboxResponse>
{
    public async Task<StopPodSandboxResponse> HandleAsync(StopPodSandboxRequest request, CancellationToken patience)
    {
        await pods.StopAsync(Required.Text(request.PodSandboxId, "pod_sandbox_id"), patience);
        return new StopPodSandboxResponse();
    }
}
