using Crisp.Cni;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// Tells the node's pod CIDR. Where the administrator has given a CNI template it becomes a configuration; else CNI
/// configurations have their ranges themselves, and it is not used, as in cri-o.
/// </summary>
internal sealed class UpdateRuntimeConfig(PodCidrTemplate template)
    : IRpc<UpdateRuntimeConfigRequest, UpdateRuntimeConfigResponse>
{
    public Task<UpdateRuntimeConfigResponse> HandleAsync(UpdateRuntimeConfigRequest request, CancellationToken patience)
    {
        template.Apply(request.RuntimeConfig?.NetworkConfig?.PodCidr ?? "");
        return Task.FromResult(new UpdateRuntimeConfigResponse());
    }
}
