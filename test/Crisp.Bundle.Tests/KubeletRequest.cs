namespace Crisp.Bundle.Tests;

/// <summary>
/// A container as a kubelet asks for it: limits, hosts file, service account, termination log, default paths.
/// </summary>
internal static class KubeletRequest
{
    private static readonly string[] MaskedPaths =
    [
        "/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
        "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
    ];

    private static readonly string[] ReadonlyPaths = ["/proc/bus",
        "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    public static BundleInput Input() => Sample.Input(Fill) with
    {
        User = new ResolvedUser
        {
            Uid = 1000,
            Gid = 3000,
            AdditionalGids = [3000, 2000],
            Home = "/home/app",
            Username = "app"
        },
        Runtime = Sample.Runtime with { MinimumMemoryBytes = 500 * 1024 },
        Options = new BundleOptions { DefaultUlimits = [new Ulimit("nofile", 1024, 65536)], PidsLimit = 4096 },
    };

    private static void Fill(Cri.ContainerConfig container)
    {
        container.Args.Add(["--port", "8080"]);
        container.WorkingDir = "/srv/";
        container.AddEnv("KUBERNETES_SERVICE_HOST", "10.96.0.1");
        container.AddEnv("NGINX_VERSION", "override");
        AddMounts(container);
        container.Labels.Add("io.kubernetes.container.name", "nginx");
        container.Annotations.Add("io.kubernetes.container.hash", "2f5ad1");
        container.Annotations.Add("run.oci.handler", "krun");
        container.Linux.Resources = Limits();
        Cri.LinuxContainerSecurityContext security = container.Security();
        security.RunAsUser = new() { Value = 1000 };
        security.RunAsGroup = new() { Value = 3000 };
        security.SupplementalGroups.Add(2000);
        security.NoNewPrivs = true;
        security.ReadonlyRootfs = true;
        security.Capabilities = new() { AddCapabilities = { "NET_RAW" }, DropCapabilities = { "KILL" } };
        security.MaskedPaths.Add(MaskedPaths);
        security.ReadonlyPaths.Add(ReadonlyPaths);
        security.Seccomp = new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.RuntimeDefault };
    }

    private static void AddMounts(Cri.ContainerConfig container)
    {
        const string pod = "/var/lib/kubelet/pods/f5d9a9a4";
        container.Mounts.Add(
        [
            new Cri.Mount { ContainerPath = "/data/cache/deep", HostPath = $"{pod}/volumes/deep" },
            new Cri.Mount
            {
                ContainerPath = "/data",
                HostPath = $"{pod}/volumes/data",
                Propagation = Cri.MountPropagation.PropagationHostToContainer
            },
            new Cri.Mount { ContainerPath = "/etc/hosts", HostPath = $"{pod}/etc-hosts", SelinuxRelabel = true },
            new Cri.Mount { ContainerPath = "/dev/termination-log", HostPath = $"{pod}/containers/nginx/1234abcd" },
            new Cri.Mount
            {
                ContainerPath = "/var/run/secrets/kubernetes.io/serviceaccount",
                HostPath = $"{pod}/volumes/token",
                Readonly = true
            },
        ]);
    }

    private static Cri.LinuxContainerResources Limits() => new()
    {
        CpuPeriod = 100000,
        CpuQuota = 50000,
        CpuShares = 102,
        MemoryLimitInBytes = 134217728,
        OomScoreAdj = -5,
        HugepageLimits = { new Cri.HugepageLimit { PageSize = "2MB" }, new Cri.HugepageLimit { PageSize = "1GB" } },
    };
}
