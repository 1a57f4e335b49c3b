using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// kubelet says what it is about to write to the pod's cgroup, which is its own. A runtime of virtual machines would
/// resize one; here, as in cri-o, it is enough that the pod is there.
/// </summary>
internal sealed class UpdatePodSandboxResources(IPods pods)
    : IRpc<UpdatePodSandboxResourcesRequest, UpdatePodSandboxResourcesResponse>
{
    public Task<UpdatePodSandboxResourcesResponse> HandleAsync(UpdatePodSandboxResourcesRequest request, CancellationToken patience)
    {
        pods.CheckResources(Required.Text(request.PodSandboxId, "pod_sandbox_id"), request.Overhead, request.Resources);
        return Task.FromResult(new UpdatePodSandboxResourcesResponse());
    }
}
