using Crisp.OciSpec.Runtime;

namespace Crisp.Pods.Lifecycle;

/// <summary>What was written, and what building it decided beside: for the record and the log.</summary>
internal sealed record WrittenBundle(
    Spec Spec, ContainerUserStatus User, string StopSignal, IReadOnlyList<string> Notes);
