using Crisp.Errors;
using Crisp.Pods.Checkpoints;
using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>
/// Writes the state of a pod's containers, all of one moment, to archives in a directory of the caller's.
/// </summary>
internal sealed class CheckpointPod(ICheckpoints checkpoints) : IRpc<CheckpointPodRequest, CheckpointPodResponse>
{
    public async Task<CheckpointPodResponse> HandleAsync(CheckpointPodRequest request, CancellationToken patience)
    {
        var id = Required.Text(request.PodSandboxId, "pod_sandbox_id");
        var directory = Required.Text(request.OutputPath, "output_path");
        if (request.Options.Count > 0)
            throw CrispException.InvalidArgument("options", $"\"{request.Options.Keys.First()}\" is not known here");
        await checkpoints.CheckpointPodAsync(id, directory, request.ContainerIds, patience);
        return new CheckpointPodResponse();
    }
}
