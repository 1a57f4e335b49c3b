using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// kubelet says what it is about to write to the pod's cgroup, which is its own. A runtime of virtual machines would
/// resize one; here the pod has to be there, and remembers what it was told, for whoever inspects it.
/// </summary>
internal sealed class UpdatePodSandboxResources(IPods pods)
    : IRpc<UpdatePodSandboxResourcesRequest, UpdatePodSandboxResourcesResponse>
{
    public Task<UpdatePodSandboxResourcesResponse> HandleAsync(
        UpdatePodSandboxResourcesRequest request, CancellationToken patience)
    {
        pods.UpdateResources(
            Required.Text(request.PodSandboxId, "pod_sandbox_id"), request.Overhead, request.Resources);
        return Task.FromResult(new UpdatePodSandboxResourcesResponse());
    }
}
