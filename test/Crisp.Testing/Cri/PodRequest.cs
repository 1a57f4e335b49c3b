using Runtime.V1;

namespace Crisp.Testing.Cri;

/// <summary>
/// Pod configurations as kubelet 1.36 sends them: labels, annotations, log directory, cgroup parent and security
/// context that a test does not care about are what a real node would get.
/// </summary>
public static class PodRequest
{
    private static int _count;

    /// <summary>
    /// A pod with its own network, IPC and UTS namespaces, each container with its own PID namespace.
    /// </summary>
    public static PodSandboxConfig Of(TestNode node, string? name = null) => Of(node.Slot, node.PodLogs, name);

    public static PodSandboxConfig Of(NodeSlot slot, string logs, string? name = null)
    {
        var number = Interlocked.Increment(ref _count);
        name ??= $"pod-{number}";
        var uid = $"{number:x8}-0000-4000-8000-{Environment.ProcessId:x12}";
        return new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = name, Namespace = "tests", Uid = uid, Attempt = 0 },
            Hostname = name,
            LogDirectory = Path.Combine(logs, $"tests_{name}_{uid}"),
            DnsConfig = new DNSConfig
            {
                Servers = { "10.96.0.10" },
                Searches = { "tests.svc.cluster.local", "svc.cluster.local", "cluster.local" },
                Options = { "ndots:5" },
            },
            Labels =
            {
                ["io.kubernetes.pod.name"] = name,
                ["io.kubernetes.pod.namespace"] = "tests",
                ["io.kubernetes.pod.uid"] = uid,
                ["app"] = "test",
            },
            Annotations =
            {
                ["kubernetes.io/config.seen"] = "2026-11-01T10:00:00.000000000Z",
                ["kubernetes.io/config.source"] = "api",
            },
            Linux = new LinuxPodSandboxConfig
            {
                CgroupParent = $"/{slot.Prefix}/burstable/pod{uid}",
                SecurityContext = new LinuxSandboxSecurityContext
                {
                    NamespaceOptions = new NamespaceOption
                    {
                        Network = NamespaceMode.Pod,
                        Pid = NamespaceMode.Container,
                        Ipc = NamespaceMode.Pod,
                    },
                    Seccomp = new SecurityProfile { ProfileType = SecurityProfile.Types.ProfileType.RuntimeDefault },
                },
                Overhead = new LinuxContainerResources(),
                Resources = new LinuxContainerResources { CpuPeriod = 100_000, CpuShares = 2 },
            },
        };
    }

    public static PodSandboxConfig OnNodeNetwork(this PodSandboxConfig pod)
    {
        pod.Linux.SecurityContext.NamespaceOptions.Network = NamespaceMode.Node;
        return pod;
    }

    /// <summary>shareProcessNamespace: true</summary>
    public static PodSandboxConfig WithSharedProcesses(this PodSandboxConfig pod)
    {
        pod.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Pod;
        return pod;
    }

    /// <summary>hostUsers: false</summary>
    public static PodSandboxConfig WithOwnUsers(
        this PodSandboxConfig pod, uint firstHostId = 1_600_000_000, uint count = 65_536)
    {
        var mapping = new IDMapping { ContainerId = 0, HostId = firstHostId, Length = count };
        pod.Linux.SecurityContext.NamespaceOptions.UsernsOptions = new UserNamespace
        {
            Mode = NamespaceMode.Pod, Uids = { mapping }, Gids = { mapping.Clone() },
        };
        return pod;
    }

    public static PodSandboxConfig With(this PodSandboxConfig pod, Action<PodSandboxConfig> change)
    {
        change(pod);
        return pod;
    }
}
