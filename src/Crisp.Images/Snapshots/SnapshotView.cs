namespace Crisp.Images;

/// <summary>How a container sees the files of its images.</summary>
/// <param name="Users">Its users, where they are others than the node's.</param>
/// <param name="Label">The SELinux label that all of the files have (mount option context=); null: each its
/// own.</param>
public sealed record SnapshotView(SnapshotUsers? Users = null, string? Label = null);
