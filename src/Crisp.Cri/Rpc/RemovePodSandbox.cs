using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// Removes the pod and, by force, its containers. Idempotent: an unknown pod is success (api.proto, RemovePodSandbox).
/// </summary>
internal sealed class RemovePodSandbox(IPods pods) : IRpc<RemovePodSandboxRequest, RemovePodSandboxResponse>
{
    public async Task<RemovePodSandboxResponse> HandleAsync(RemovePodSandboxRequest request, CancellationToken patience)
    {
        await pods.RemoveAsync(Required.Text(request.PodSandboxId, "pod_sandbox_id"), patience);
        return new RemovePodSandboxResponse();
    }
}
