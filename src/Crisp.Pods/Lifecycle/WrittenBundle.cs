namespace Crisp.Pods.Lifecycle;

/// <summary>What building a bundle decided beside the files: for the record and the log.</summary>
internal sealed record WrittenBundle(ContainerUserStatus User, string StopSignal, IReadOnlyList<string> Notes);
