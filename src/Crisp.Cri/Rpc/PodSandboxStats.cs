using Crisp.Cri.Messages;
using Crisp.Pods;
using Crisp.Pods.Stats;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>What one pod uses, as a whole and in each of its containers.</summary>
internal sealed class PodSandboxStats(IPods pods, IPodStats stats)
    : IRpc<PodSandboxStatsRequest, PodSandboxStatsResponse>
{
    public async Task<PodSandboxStatsResponse> HandleAsync(PodSandboxStatsRequest request, CancellationToken patience)
    {
        var pod = pods.Get(Required.Text(request.PodSandboxId, "pod_sandbox_id"));
        var readings = await stats.ReadAsync([pod]);
        return new PodSandboxStatsResponse { Stats = PodStatsMessages.Stats(readings[0]) };
    }
}
