using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Makes a container in a pod; its program does not run yet.</summary>
internal sealed class CreateContainer(IContainers containers) : IRpc<CreateContainerRequest, CreateContainerResponse>
{
    public async Task<CreateContainerResponse> HandleAsync(CreateContainerRequest request, CancellationToken patience)
    {
        Required.Text(request.PodSandboxId, "pod_sandbox_id");
        var config = Required.Message(request.Config, "config");
        Required.Message(config.Metadata, "config.metadata");
        return new CreateContainerResponse { ContainerId = await containers.CreateAsync(request, patience) };
    }
}
