using Runtime.V1;

namespace Crisp.Bench.Cases;

/// <summary>Requests as kubelet sends them, the same for every peer.</summary>
public static class CriRequests
{
    public static PodSandboxConfig Pod(string peer, string name, string directory, bool hostNetwork)
    {
        var uid = Guid.NewGuid().ToString();
        return new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = name, Namespace = "bench", Uid = uid },
            Hostname = hostNetwork ? "" : name,
            LogDirectory = Path.Combine(directory, "pod-logs", uid),
            DnsConfig = new DNSConfig { Servers = { "10.96.0.10" }, Searches = { "default.svc.cluster.local" } },
            Labels = { ["io.kubernetes.pod.name"] = name, ["io.kubernetes.pod.uid"] = uid },
            Linux = new LinuxPodSandboxConfig
            {
                CgroupParent = $"/crispbench-{peer}/burstable/pod{uid}",
                SecurityContext = new LinuxSandboxSecurityContext
                {
                    NamespaceOptions = new NamespaceOption
                    {
                        Network = hostNetwork ? NamespaceMode.Node : NamespaceMode.Pod,
                        Pid = NamespaceMode.Container,
                    },
                },
            },
        };
    }

    public static ContainerConfig Container(string name, string image, params string[] command) => new()
    {
        Metadata = new ContainerMetadata { Name = name },
        Image = new ImageSpec { Image = image },
        Command = { command },
        LogPath = $"{name}/0.log",
        Labels = { ["io.kubernetes.container.name"] = name },
        Linux = new LinuxContainerConfig
        {
            Resources = new LinuxContainerResources
            {
                CpuShares = 102,
                MemoryLimitInBytes = 256 << 20,
                OomScoreAdj = 900
            },
            SecurityContext = new LinuxContainerSecurityContext
            {
                NamespaceOptions = new NamespaceOption { Pid = NamespaceMode.Container },
            },
        },
    };
}
