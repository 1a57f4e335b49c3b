using Crisp.Cri.Messages;
using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// Everything about one pod; NotFound tells kubelet that it is gone. The containers and the time are for a kubelet that
/// goes by events, and then asks for nothing else. It drops what is older than the last event: the time is taken before
/// the state is looked at, and as exactly as events have it.
/// </summary>
internal sealed class PodSandboxStatus(IPods pods, IContainers containers, TimeProvider time)
    : IRpc<PodSandboxStatusRequest, PodSandboxStatusResponse>
{
    public Task<PodSandboxStatusResponse> HandleAsync(PodSandboxStatusRequest request, CancellationToken patience)
    {
        var now = time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        var pod = pods.Get(Required.Text(request.PodSandboxId, "pod_sandbox_id"));
        var response = new PodSandboxStatusResponse
        {
            Status = PodSandboxMessages.Status(pod),
            ContainersStatuses =
            {
                containers.List().Where(container => container.PodId == pod.Id).Select(ContainerMessages.Status)
            },
            Timestamp = now.Ticks * TimeSpan.NanosecondsPerTick,
        };
        if (request.Verbose)
            response.Info.Add("info", VerboseInfo.Of(pod));
        return Task.FromResult(response);
    }
}
