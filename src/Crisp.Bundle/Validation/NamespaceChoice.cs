using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>
/// The namespace modes that count for a container. POD is the zero value and so also means "not said": the container
/// then has what its pod has. Modes that contradict the pod's are refused.
/// </summary>
internal sealed record NamespaceChoice(
    Cri.NamespaceMode Network, Cri.NamespaceMode Pid, Cri.NamespaceMode Ipc, string TargetId)
{
    public static NamespaceChoice Of(Cri.PodSandboxConfig podConfig, Cri.ContainerConfig container)
    {
        Cri.NamespaceOption pod = podConfig.Linux?.SecurityContext?.NamespaceOptions ?? new();
        Cri.NamespaceOption asked = container.Linux?.SecurityContext?.NamespaceOptions ?? pod;
        Shared("network", asked.Network, pod.Network);
        Shared("ipc", asked.Ipc, pod.Ipc);
        return new NamespaceChoice(pod.Network, PidMode(asked, pod.Pid), pod.Ipc, asked.TargetId);
    }

    /// <summary>Network and IPC are the pod's: POD or NODE, for the pod and all its containers alike.</summary>
    public static void Shared(string kind, Cri.NamespaceMode asked, Cri.NamespaceMode pod)
    {
        var field = $"namespace_options.{kind}";
        if (asked is not (Cri.NamespaceMode.Pod or Cri.NamespaceMode.Node))
            throw CrispException.InvalidArgument(
                field, $"{Word(asked)} is not possible: it belongs to the pod or to the node");
        if (asked == Cri.NamespaceMode.Node && pod != Cri.NamespaceMode.Node)
            throw CrispException.InvalidArgument(field, "is NODE, but the pod's is not");
    }

    private static Cri.NamespaceMode PidMode(Cri.NamespaceOption asked, Cri.NamespaceMode pod)
    {
        const string field = "namespace_options.pid";
        switch (asked.Pid)
        {
            case Cri.NamespaceMode.Pod:
                return pod;
            case Cri.NamespaceMode.Node when pod != Cri.NamespaceMode.Node:
                throw CrispException.InvalidArgument(field, "is NODE, but the pod's is not");
            case Cri.NamespaceMode.Target when asked.TargetId.Length == 0:
                throw CrispException.InvalidArgument(
                    "namespace_options.target_id", "is missing for the PID mode TARGET");
            case Cri.NamespaceMode.Pod
                or Cri.NamespaceMode.Container or Cri.NamespaceMode.Node or Cri.NamespaceMode.Target:
                return asked.Pid;
            default:
                throw CrispException.InvalidArgument(field, $"{Word(asked.Pid)} is not a namespace mode");
        }
    }

    private static string Word(Cri.NamespaceMode mode) => mode.ToString().ToUpperInvariant();
}
