using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Tells the node's pod CIDR, which CNI configurations have themselves: accepted and not used, as in cri-o.</summary>
internal sealed class UpdateRuntimeConfig : IRpc<UpdateRuntimeConfigRequest, UpdateRuntimeConfigResponse>
{
    public Task<UpdateRuntimeConfigResponse> HandleAsync(UpdateRuntimeConfigRequest request, CancellationToken patience) =>
        Task.FromResult(new UpdateRuntimeConfigResponse());
}
