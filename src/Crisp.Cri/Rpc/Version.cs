using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>kubelet starts only if version is this literal and the other three are not empty.</summary>
internal sealed class Version(NodeFacts node) : IRpc<VersionRequest, VersionResponse>
{
    private const string KubeletApiVersion = "0.1.0";

    public Task<VersionResponse> HandleAsync(VersionRequest request, CancellationToken patience) =>
        Task.FromResult(new VersionResponse
        {
            Version = KubeletApiVersion,
            RuntimeName = "crisp",
            RuntimeVersion = node.RuntimeVersion,
            RuntimeApiVersion = "v1",
        });
}
