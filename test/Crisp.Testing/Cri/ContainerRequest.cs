using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Testing.Cri;

/// <summary>Container configurations as kubelet 1.36 sends them, for the pods of <see cref="PodRequest"/>.</summary>
public static class ContainerRequest
{
    private static readonly string[] MaskedPaths =
    [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
        "/sys/devices/virtual/powercap",
    ];

    private static readonly string[] ReadonlyPaths =
        ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    /// <summary>A container of a burstable pod that runs a command.</summary>
    public static ContainerConfig Of(PodSandboxConfig pod, string image, params string[] command) =>
        Named(pod, "main", image, command);

    public static ContainerConfig Named(PodSandboxConfig pod, string name, string image, params string[] command) =>
        new()
    {
        Metadata = new ContainerMetadata { Name = name, Attempt = 0 },
        Image = new ImageSpec { Image = image, UserSpecifiedImage = image },
        Command = { command },
        Envs =
        {
            Env("KUBERNETES_SERVICE_HOST", "10.96.0.1"),
            Env("KUBERNETES_SERVICE_PORT", "443"),
        },
        Labels =
        {
            ["io.kubernetes.container.name"] = name,
            ["io.kubernetes.pod.name"] = pod.Metadata.Name,
            ["io.kubernetes.pod.namespace"] = pod.Metadata.Namespace,
            ["io.kubernetes.pod.uid"] = pod.Metadata.Uid,
        },
        Annotations =
        {
            ["io.kubernetes.container.hash"] = "5be8f1a2",
            ["io.kubernetes.container.restartCount"] = "0",
            ["io.kubernetes.container.terminationMessagePath"] = "/dev/termination-log",
            ["io.kubernetes.container.terminationMessagePolicy"] = "File",
            ["io.kubernetes.pod.terminationGracePeriod"] = "30",
        },
        LogPath = $"{name}/0.log",
        Linux = new LinuxContainerConfig
        {
            Resources = new LinuxContainerResources
            {
                CpuPeriod = 100_000,
                CpuShares = 102,
                MemoryLimitInBytes = 128 << 20,
                OomScoreAdj = 999,
                HugepageLimits = { new HugepageLimit { PageSize = "2MB" }, new HugepageLimit { PageSize = "1GB" } },
            },
            SecurityContext = new LinuxContainerSecurityContext
            {
                NamespaceOptions = pod.Linux.SecurityContext.NamespaceOptions.Clone(),
                MaskedPaths = { MaskedPaths },
                ReadonlyPaths = { ReadonlyPaths },
                Seccomp = new SecurityProfile { ProfileType = SecurityProfile.Types.ProfileType.Unconfined },
            },
        },
    };

    public static KeyValue Env(string name, string value) =>
        new() { Key = name, Value = ByteString.CopyFromUtf8(value) };

    public static ContainerConfig With(this ContainerConfig container, Action<ContainerConfig> change)
    {
        change(container);
        return container;
    }
}
