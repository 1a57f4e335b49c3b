namespace Crisp.Pods.Checkpoints;

/// <summary>A pod that was made from a checkpoint, and its containers, which are not started.</summary>
public sealed record RestoredPod(string PodId, IReadOnlyList<(string Name, string Id)> Containers);
