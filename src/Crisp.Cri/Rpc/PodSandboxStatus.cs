using Crisp.Cri.Messages;
using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Everything about one pod; NotFound tells kubelet that it is gone.</summary>
internal sealed class PodSandboxStatus(IPods pods) : IRpc<PodSandboxStatusRequest, PodSandboxStatusResponse>
{
    public Task<PodSandboxStatusResponse> HandleAsync(PodSandboxStatusRequest request, CancellationToken patience)
    {
        var pod = pods.Get(Required.Text(request.PodSandboxId, "pod_sandbox_id"));
        var response = new PodSandboxStatusResponse { Status = PodSandboxMessages.Status(pod) };
        if (request.Verbose)
            response.Info.Add("info", VerboseInfo.Of(pod));
        return Task.FromResult(response);
    }
}
