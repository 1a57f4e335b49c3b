using Crisp.Pods.Records;

namespace Crisp.Pods.Sandbox;

/// <summary>The end of a pod's init: nothing can join its PID namespace any more, so the pod is NotReady.</summary>
internal static class PodFailure
{
    internal static void Record(Pod pod) => pod.Accept(record =>
        record.Stage == PodStage.Ready ? record with { Stage = PodStage.Failed } : record);
}
