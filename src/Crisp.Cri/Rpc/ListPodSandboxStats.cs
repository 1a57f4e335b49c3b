using Crisp.Cri.Messages;
using Crisp.Pods;
using Crisp.Pods.Stats;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>What the pods use that are ready: one that is stopped has nothing to count any more.</summary>
internal sealed class ListPodSandboxStats(IPods pods, IPodStats stats)
    : IRpc<ListPodSandboxStatsRequest, ListPodSandboxStatsResponse>
{
    public async Task<ListPodSandboxStatsResponse> HandleAsync(
        ListPodSandboxStatsRequest request, CancellationToken patience)
    {
        var readings = await stats.ReadAsync(Matching(pods, request.Filter));
        return new ListPodSandboxStatsResponse { Stats = { readings.Select(PodStatsMessages.Stats) } };
    }

    internal static IReadOnlyList<PodSnapshot> Matching(IPods pods, PodSandboxStatsFilter? filter) =>
        [.. pods.List().Where(pod => pod.Phase == PodPhase.Ready && PodFilter.Matches(filter, pod))];
}
