using Runtime.V1;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// Checkpoints of containers and pods, as CRI asks for them. CreateContainer makes containers from them.
/// </summary>
public interface ICheckpoints
{
    /// <param name="idOrPrefix">A running container; it runs on.</param>
    /// <param name="location">Absolute path of the archive; it must not exist.</param>
    /// <param name="timeout">How long the container may stand still; null: as long as it takes.</param>
    /// <param name="patience">The caller's.</param>
    Task CheckpointAsync(string idOrPrefix, string location, TimeSpan? timeout, CancellationToken patience);

    /// <param name="idOrPrefix">The pod; its containers run on.</param>
    /// <param name="directory">An absolute path; it exists and holds no checkpoint.</param>
    /// <param name="containerIds">Which; empty: all that run.</param>
    /// <param name="patience">The caller's.</param>
    Task CheckpointPodAsync(
        string idOrPrefix, string directory, IReadOnlyCollection<string> containerIds, CancellationToken patience);

    Task<RestoredPod> RestorePodAsync(RestorePodRequest request, CancellationToken patience);
}
