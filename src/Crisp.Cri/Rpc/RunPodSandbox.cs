using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Makes a pod and its network; done when containers can be created in it.</summary>
internal sealed class RunPodSandbox(IPods pods) : IRpc<RunPodSandboxRequest, RunPodSandboxResponse>
{
    public async Task<RunPodSandboxResponse> HandleAsync(RunPodSandboxRequest request, CancellationToken patience)
    {
        var config = Required.Message(request.Config, "config");
        Required.Message(config.Metadata, "config.metadata");
        return new RunPodSandboxResponse { PodSandboxId = await pods.RunAsync(request, patience) };
    }
}
