using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// Stops the pod's containers and frees its addresses. Idempotent: an unknown pod is success (api.proto,
/// StopPodSandbox). kubelet has stopped the containers before; those of other clients get half of what is left of the
/// call's time (2 seconds in all with crictl), so that the call can succeed.
/// </summary>
internal sealed class StopPodSandbox(IPods pods, TimeSpan timeLeft)
    : IRpc<StopPodSandboxRequest, StopPodSandboxResponse>
{
    public async Task<StopPodSandboxResponse> HandleAsync(StopPodSandboxRequest request, CancellationToken patience)
    {
        var grace = timeLeft > TimeSpan.Zero ? timeLeft / 2 : TimeSpan.Zero;
        await pods.StopAsync(Required.Text(request.PodSandboxId, "pod_sandbox_id"), grace, patience);
        return new StopPodSandboxResponse();
    }
}
