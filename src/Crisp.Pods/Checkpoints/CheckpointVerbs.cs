using Runtime.V1;

namespace Crisp.Pods.Checkpoints;

/// <summary>The verbs of checkpoints: a table of contents, each in a file of its name.</summary>
internal sealed class CheckpointVerbs(CheckpointContainer container, CheckpointPod pod, RestorePod restorePod)
    : ICheckpoints
{
    public Task CheckpointAsync(string idOrPrefix, string location, TimeSpan? timeout, CancellationToken patience) =>
        container.CheckpointAsync(idOrPrefix, location, timeout, patience);

    public Task CheckpointPodAsync(
        string idOrPrefix, string directory, IReadOnlyCollection<string> containerIds, CancellationToken patience) =>
        pod.CheckpointAsync(idOrPrefix, directory, containerIds, patience);

    public Task<RestoredPod> RestorePodAsync(RestorePodRequest request, CancellationToken patience) =>
        restorePod.RestoreAsync(request, patience);
}
