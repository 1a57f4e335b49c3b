using Crisp.Errors;
using Crisp.Pods.Checkpoints;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>Makes a pod with containers from what CheckpointPod wrote; the containers wait to be started.</summary>
internal sealed class RestorePod(ICheckpoints checkpoints) : IRpc<RestorePodRequest, RestorePodResponse>
{
    public async Task<RestorePodResponse> HandleAsync(RestorePodRequest request, CancellationToken patience)
    {
        Required.Text(request.CheckpointPath, "checkpoint_path");
        Required.Message(Required.Message(request.Config, "config").Metadata, "config.metadata");
        if (request.Options.Count > 0)
            throw CrispException.InvalidArgument("options", $"\"{request.Options.Keys.First()}\" is not known here");
        var restored = await checkpoints.RestorePodAsync(request, patience);
        return new RestorePodResponse
        {
            PodSandboxId = restored.PodId,
            RestoredContainers =
            {
                restored.Containers.Select(c => new RestoredContainer { Name = c.Name, ContainerId = c.Id })
            },
        };
    }
}
