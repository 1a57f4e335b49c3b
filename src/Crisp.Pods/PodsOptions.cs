using Crisp.Bundle;

namespace Crisp.Pods;

/// <summary>
/// What an administrator can decide about pods and containers; the daemon fills it from crio.conf's keys.
/// </summary>
public sealed record PodsOptions
{
    /// <summary>Records and writable layers: what survives a reboot.</summary>
    public string StateDirectory { get; init; } = "/var/lib/crisp";

    /// <summary>Pins, sockets, exit records: what ends with the node (a tmpfs).</summary>
    public string RunDirectory { get; init; } = "/run/crisp";

    /// <summary>Where <c>ip netns</c> and administrators look for network namespaces.</summary>
    public string NetNsDirectory { get; init; } = "/run/netns";

    /// <summary>
    /// Logs of pods that say no directory lie here, in a directory of the pod's ID, until the pod is removed. Empty:
    /// there is no such log.
    /// </summary>
    public string LogDirectory { get; init; } = "/var/log/crio/pods";

    public string MonitorProgram { get; init; } = "/usr/libexec/crisp/crisp-monitor";

    public required IReadOnlyList<RuntimeHandlerOptions> Handlers { get; init; }

    /// <summary>The handler of a pod that names none.</summary>
    public required string DefaultHandler { get; init; }

    /// <summary>Who makes cgroups, and so which form of cgroup_parent is understood.</summary>
    public CgroupDriver CgroupDriver { get; init; } = CgroupDriver.Cgroupfs;

    /// <summary>What every container gets.</summary>
    public BundleOptions Bundle { get; init; } = new();

    /// <summary>Seccomp, AppArmor and SELinux.</summary>
    public SecurityOptions Security { get; init; } = new();

    /// <summary>No pivot_root, for hosts that run from an initramfs.</summary>
    public bool NoPivot { get; init; }

    /// <summary>Size of a pod's /dev/shm; cri-o's and Docker's default.</summary>
    public long ShmBytes { get; init; } = 64 << 20;

    /// <summary>
    /// The cgroup of monitors: empty: the daemon's own or system.slice; "pod": one for each in the pod's cgroup; a
    /// slice: the same in that; else an absolute path beneath the hierarchies' mounts, for all of them.
    /// </summary>
    public string MonitorCgroup { get; init; } = "";

    /// <summary>
    /// Sysctls of every pod whose namespaces they belong to, unless it says otherwise (crio.runtime.default_sysctls).
    /// </summary>
    public IReadOnlyDictionary<string, string> DefaultSysctls { get; init; } = new Dictionary<string, string>();

    /// <summary>Bytes after which a container's log starts over; 0: never (kubelet rotates).</summary>
    public long MaxLogBytes { get; init; }

    /// <summary>The grace period of containers that StopPodSandbox finds running (kubelet stops them before).</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the end of a process may take after SIGKILL before the stop becomes an error.</summary>
    public TimeSpan KillTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The bound of one creation, its undoing apart; cri-o's container_create_timeout.</summary>
    public TimeSpan CreateTimeout { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>Host directories that must exist already: a mount of an absent one is refused, not made.</summary>
    public IReadOnlyList<string> AbsentMountSourcesToReject { get; init; } = [];

    /// <summary>What becomes of the volumes that images declare.</summary>
    public ImageVolumeHandling ImageVolumes { get; init; } = ImageVolumeHandling.MakeDirectory;

    /// <summary>
    /// A list of "SOURCE:DESTINATION" lines that every container gets a copy of; empty: mounts.conf in its usual
    /// places.
    /// </summary>
    public string DefaultMountsFile { get; init; } = "";

    /// <summary>Directories of OCI hooks; of two files of one name the one in the later directory counts.</summary>
    public IReadOnlyList<string> HooksDirectories { get; init; } = [];

    /// <summary>Directories of CDI files; a later one goes before.</summary>
    public IReadOnlyList<string> CdiDirectories { get; init; } = [];

    /// <summary>"HOST[:CONTAINER][:rwm]", for every container.</summary>
    public IReadOnlyList<string> AdditionalDevices { get; init; } = [];

    /// <summary>Host paths of the devices that a pod may ask for by annotation.</summary>
    public IReadOnlyList<string> AllowedDevices { get; init; } = [];

    /// <summary>A request's devices belong to the user whom it runs as.</summary>
    public bool DeviceOwnershipFromSecurityContext { get; init; }

    /// <summary>How old the measured size of a writable layer may be in an answer.</summary>
    public TimeSpan StatsMaxAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Containers may be checkpointed, and made from checkpoints; cri-o's enable_criu_support.</summary>
    public bool CheckpointsEnabled { get; init; } = true;

    /// <summary>
    /// Containers may be made from checkpoints that are images, too. Whoever may name an image then decides what criu
    /// restores: credentials, capabilities and seccomp filters come from the image's files, whatever the request says.
    /// </summary>
    public bool RestoreFromImages { get; init; }

    /// <summary>Absolute path of criu; empty: where programs usually are.</summary>
    public string CriuProgram { get; init; } = "";

    /// <summary>The groups of metrics that are told of pods; see <see cref="Metrics.MetricGroups.Names"/>.</summary>
    public IReadOnlyList<string> PodMetrics { get; init; } = Metrics.MetricGroups.Names;
}
