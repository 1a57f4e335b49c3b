using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>A pod as CRI tells of it. Messages of the snapshot are shared, since nobody changes them.</summary>
internal static class PodSandboxMessages
{
    public static PodSandbox Item(PodSnapshot pod) => new()
    {
        Id = pod.Id,
        Metadata = pod.Config.Metadata,
        State = State(pod.Phase),
        CreatedAt = pod.CreatedAtNanos,
        Labels = { pod.Config.Labels },
        Annotations = { pod.Config.Annotations },
        RuntimeHandler = pod.RuntimeHandler,
    };

    public static PodSandboxStatus Status(PodSnapshot pod) => new()
    {
        Id = pod.Id,
        Metadata = pod.Config.Metadata,
        State = State(pod.Phase),
        CreatedAt = pod.CreatedAtNanos,
        Network = Network(pod.Ips),
        Linux = new LinuxPodSandboxStatus { Namespaces = new Namespace { Options = Namespaces(pod) } },
        Labels = { pod.Config.Labels },
        Annotations = { pod.Config.Annotations },
        RuntimeHandler = pod.RuntimeHandler,
    };

    public static PodSandboxState State(PodPhase phase) => phase switch
    {
        PodPhase.Ready => PodSandboxState.SandboxReady,
        PodPhase.NotReady => PodSandboxState.SandboxNotready,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "a phase without a state in CRI"),
    };

    /// <summary>
    /// Always there: kubelet complains about a pod without it, and fills in the node's address itself.
    /// </summary>
    private static PodSandboxNetworkStatus Network(IReadOnlyList<string> ips) => new()
    {
        Ip = ips.Count > 0 ? ips[0] : "",
        AdditionalIps = { ips.Skip(1).Select(ip => new PodIP { Ip = ip }) },
    };

    /// <summary>kubelet compares these with what the pod wants, and makes a new pod if they differ.</summary>
    private static NamespaceOption Namespaces(PodSnapshot pod) =>
        pod.Config.Linux?.SecurityContext?.NamespaceOptions ?? new NamespaceOption();
}
