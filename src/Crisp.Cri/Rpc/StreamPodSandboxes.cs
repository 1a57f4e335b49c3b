using Crisp.Cri.Messages;
using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>The same as ListPodSandbox in messages of bounded size.</summary>
internal sealed class StreamPodSandboxes(IPods pods) : IStreamRpc<StreamPodSandboxesRequest, StreamPodSandboxesResponse>
{
    public IAsyncEnumerable<StreamPodSandboxesResponse> HandleAsync(
        StreamPodSandboxesRequest request, CancellationToken listening) =>
        MessageChunks.Of(pods.List().Where(pod => PodFilter.Matches(request.Filter, pod)).Select(ListItems.Of))
            .Select(chunk => new StreamPodSandboxesResponse { PodSandboxes = { chunk } })
            .ToStream();
}
