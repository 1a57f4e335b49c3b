using Grpc.Core;
using Runtime.V1;

namespace Crisp.Cri;

/// <summary>The RPCs about checkpoints.</summary>
public sealed partial class RuntimeService
{
    private readonly Rpc.CheckpointContainer _checkpointContainer = new(on.Checkpoints);
    private readonly Rpc.CheckpointPod _checkpointPod = new(on.Checkpoints);
    private readonly Rpc.RestorePod _restorePod = new(on.Checkpoints);

    public override Task<CheckpointContainerResponse> CheckpointContainer(
        CheckpointContainerRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_checkpointContainer, request, context);

    public override Task<CheckpointPodResponse> CheckpointPod(
        CheckpointPodRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_checkpointPod, request, context);

    public override Task<RestorePodResponse> RestorePod(RestorePodRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_restorePod, request, context);
}
