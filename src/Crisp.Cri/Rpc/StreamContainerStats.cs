using Crisp.Cri.Messages;
using Crisp.Pods;
using Crisp.Pods.Stats;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>The same as ListContainerStats in messages of bounded size.</summary>
internal sealed class StreamContainerStats(IContainers containers, IContainerStats stats)
    : IStreamRpc<StreamContainerStatsRequest, StreamContainerStatsResponse>
{
    public IAsyncEnumerable<StreamContainerStatsResponse> HandleAsync(
        StreamContainerStatsRequest request, CancellationToken listening) =>
        MessageChunks.Of(ListContainerStats.Matching(containers, request.Filter)
                .Select(container => ContainerStatsMessages.Stats(stats.Read(container))))
            .Select(chunk => new StreamContainerStatsResponse { ContainerStats = { chunk } })
            .ToStream();
}
