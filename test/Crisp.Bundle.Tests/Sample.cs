using System.Text;
using Crisp.Bundle.Seccomp;
using Crisp.Errors;
using Crisp.OciSpec.Image;
using Google.Protobuf;

namespace Crisp.Bundle.Tests;

/// <summary>A pod, a container and a host as tests start from; each test changes what it is about.</summary>
internal static class Sample
{
    public const string ContainerId = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";
    public const string PodId = "b0bab0bab0bab0bab0bab0bab0bab0bab0bab0bab0bab0bab0bab0bab0bab0ba";

    public static readonly string[] Capabilities =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_MKNOD", "CAP_NET_ADMIN",
        "CAP_NET_BIND_SERVICE",
        "CAP_NET_RAW", "CAP_SETGID", "CAP_SETPCAP", "CAP_SETUID", "CAP_SYS_ADMIN", "CAP_SYS_CHROOT",
    ];

    public static HostFacts Host => new()
    {
        CgroupV2 = true,
        Controllers = new HashSet<string> { "cpu", "cpuset", "memory", "pids", "io", "hugetlb" },
        SwapLimit = true,
        BoundingCapabilities = Capabilities,
        Hostname = "node-1",
        Seccomp = new SeccompHost("amd64", new KernelVersion(6, 1)),
    };

    /// <summary>The machine of toolchain.md: cgroup v1 without hugetlb, no CAP_SYS_RESOURCE.</summary>
    public static HostFacts PoorHost => Host with
    {
        CgroupV2 = false,
        Controllers = new HashSet<string> { "cpu", "cpuset", "memory", "pids", "devices" },
        SwapLimit = false,
        CanLowerOomScoreAdj = false,
        HardLimits = new Dictionary<string, ulong> { ["RLIMIT_NOFILE"] = 4096 },
    };

    public static RuntimeFacts Runtime =>
        new() { OciVersion = "1.0.2", RecursiveReadOnlyMounts = true, IdMappedMounts = true };

    public static PodPaths Paths => new()
    {
        NetNs = "/run/netns/crisp-b0bab0bab0ba",
        IpcNs = "/run/crisp/ns/b0ba/ipc",
        UtsNs = "/run/crisp/ns/b0ba/uts",
        ResolvConf = "/run/crisp/pods/b0ba/resolv.conf",
        Hostname = "/run/crisp/pods/b0ba/hostname",
        ShmDirectory = "/run/crisp/pods/b0ba/shm",
    };

    public static Cri.PodSandboxConfig Pod() => new()
    {
        Metadata = new() { Name = "web-0", Namespace = "default", Uid = "f5d9a9a4-5b9e-4b6c-9d3a-0d5c7f3b1c11" },
        Hostname = "web-0",
        LogDirectory = "/var/log/pods/default_web-0_f5d9a9a4",
        Linux = new()
        {
            CgroupParent = "/kubepods/burstable/podf5d9a9a4",
            SecurityContext = new() { NamespaceOptions = new() { Pid = Cri.NamespaceMode.Container } },
        },
    };

    public static Cri.ContainerConfig Container() => new()
    {
        Metadata = new() { Name = "nginx" },
        Image = new() { Image = "sha256:4c1e997385b8fb4ad4d1d3c7e5af7ff3f882e94d07cf5b78de9e889bc60830e6" },
        LogPath = "nginx/0.log",
        Linux = new() { SecurityContext = new() { NamespaceOptions = new() { Pid = Cri.NamespaceMode.Container } } },
    };

    public static ImageConfig Image(
        string[]? entrypoint = null,
        string[]? cmd = null, string[]? env = null, string? workingDir = null, string? stopSignal = null) => new()
        {
            Config = new ImageConfigProcess
            {
                Entrypoint = entrypoint ?? ["/docker-entrypoint.sh"],
                Cmd = cmd ?? ["nginx", "-g", "daemon off;"],
                Env = env ?? ["PATH=/usr/local/bin:/usr/bin:/bin", "NGINX_VERSION=1.27.2"],
                WorkingDir = workingDir,
                StopSignal = stopSignal,
            },
        };

    public static ResolvedUser Root =>
        new() { Uid = 0, Gid = 0, AdditionalGids = [0], Home = "/root", Username = "root" };

    public static BundleInput Input(
        Action<Cri.ContainerConfig>? container = null, Action<Cri.PodSandboxConfig>? pod = null)
    {
        Cri.PodSandboxConfig podConfig = Pod();
        pod?.Invoke(podConfig);
        Cri.ContainerConfig containerConfig = Container();
        container?.Invoke(containerConfig);
        return new BundleInput
        {
            ContainerId = ContainerId,
            PodId = PodId,
            Pod = podConfig,
            Container = containerConfig,
            Image = Image(),
            User = Root,
            RootFsPath = $"/var/lib/crisp/containers/{ContainerId}/merged",
            PodPaths = Paths,
            CgroupPath = CgroupPlacement.OfContainer(podConfig.Linux?.CgroupParent, CgroupDriver.Cgroupfs, ContainerId)
                .OciPath,
            Host = Host,
            Runtime = Runtime,
            Profiles = Profiles(containerConfig),
            Mounts = containerConfig.Mounts.Select(Resolve).ToArray(),
            Devices = containerConfig.Devices.Select(Resolve).ToArray(),
        };
    }

    /// <summary>
    /// Short ones, each known by its default action; the file that is named decides on the one of Localhost.
    /// </summary>
    public static SecurityProfiles Profiles(Cri.ContainerConfig container) => new()
    {
        SeccompDefault = Seccomp("SCMP_ACT_ERRNO"),
        SeccompLocalhost = Seccomp(SeccompFile(container) == "/profile" ? "SCMP_ACT_LOG" : "SCMP_ACT_TRAP"),
        AppArmorDefault = "crisp-default",
        AppArmorLoaded = new HashSet<string> { "crisp-default", "profile", "other" },
    };

    private static SeccompProfile Seccomp(string action) => SeccompProfile.Parse(action, Encoding.UTF8.GetBytes(
        $$"""{ "defaultAction": "{{action}}", "syscalls": [{ "names": ["read"], "action": "SCMP_ACT_ALLOW" }] }"""));

    /// <summary>As the pods' side does it; a request that will be refused names none.</summary>
    private static string? SeccompFile(Cri.ContainerConfig container)
    {
        try
        {
            return SeccompChoice.LocalhostFile(container);
        }
        catch (CrispException)
        {
            return null;
        }
    }

    public static Cri.LinuxContainerSecurityContext Security(this Cri.ContainerConfig container) =>
        container.Linux.SecurityContext;

    public static Cri.LinuxContainerResources Resources(this Cri.ContainerConfig container) =>
        container.Linux.Resources ??= new();

    public static void AddEnv(this Cri.ContainerConfig container, string name, string value) =>
        container.Envs.Add(new Cri.KeyValue { Key = name, Value = ByteString.CopyFromUtf8(value) });

    /// <summary>As the pods' side does it, on a host where everything exists and is shared.</summary>
    public static ResolvedMount Resolve(Cri.Mount mount) =>
        mount.Image is { Image.Length: > 0 }
            ? ResolvedMount.FromImage(mount, $"/var/lib/crisp/containers/{ContainerId}/images/0", isDirectory: true)
            : ResolvedMount.From(mount, mount.HostPath, isDirectory: true, SourcePropagation.Shared);

    public static ResolvedDevice Resolve(Cri.Device device) => new()
    {
        ContainerPath = device.ContainerPath,
        IsBlock = false,
        Major = 10,
        Minor = 229,
        FileMode = 0x1b6, // 0666
        Permissions = device.Permissions.Length == 0 ? "rwm" : device.Permissions,
    };
}
