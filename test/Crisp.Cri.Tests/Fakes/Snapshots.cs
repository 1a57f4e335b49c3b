using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Tests.Fakes;

/// <summary>Pods and containers with everything filled in.</summary>
internal static class Snapshots
{
    public static PodSnapshot Pod(string id = "aa11", PodPhase phase = PodPhase.Ready, params string[] ips) => new()
    {
        Id = id,
        Config = new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = "web", Namespace = "default", Uid = "u1", Attempt = 2 },
            Labels = { ["app"] = "web", ["empty"] = "" },
            Annotations = { ["note"] = "a\nb" },
            Linux = new LinuxPodSandboxConfig
            {
                SecurityContext = new LinuxSandboxSecurityContext
                {
                    NamespaceOptions = new NamespaceOption { Pid = NamespaceMode.Container },
                },
            },
        },
        Phase = phase,
        CreatedAtNanos = 5,
        RuntimeHandler = "crun",
        Ips = ips,
        CgroupParent = "/pods",
        Directory = "/nowhere/pod",
    };

    public static ContainerSnapshot Container(
        string id = "cc22", string pod = "aa11", ContainerPhase phase = ContainerPhase.Running) => new()
    {
        Id = id,
        PodId = pod,
        Config = new ContainerConfig
        {
            Metadata = new ContainerMetadata { Name = "main", Attempt = 1 },
            Image = new ImageSpec { Image = "sha256:ff", UserSpecifiedImage = "registry/app:1" },
            Labels = { ["app"] = "web" },
            Annotations = { ["io.kubernetes.container.hash"] = "12" },
        },
        Phase = phase,
        CreatedAtNanos = 10,
        StartedAtNanos = 11,
        FinishedAtNanos = phase == ContainerPhase.Exited ? 12 : 0,
        ExitCode = phase == ContainerPhase.Exited ? 3 : 0,
        Reason = phase == ContainerPhase.Exited ? "Error" : "",
        Message = "",
        Pid = 99,
        ImageId = "sha256:ff",
        LogPath = "/var/log/pods/x/main/1.log",
        Mounts = [new Mount { ContainerPath = "/dev/termination-log", HostPath = "/h", Readonly = true }],
        User = new ContainerUserStatus(1000, 1001, [1001, 5]),
        StopSignal = "SIGTERM",
        Resources = new LinuxContainerResources { CpuShares = 512 },
        RuntimeHandler = "crun",
        CgroupPath = "/pods/crio-cc22",
        Directory = "/nowhere/container",
    };
}
