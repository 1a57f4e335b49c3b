using Crisp.Bundle;

namespace Crisp.Pods;

/// <summary>What an administrator can decide about pods and containers; the daemon fills it from crio.conf's keys.</summary>
public sealed record PodsOptions
{
    /// <summary>Records and writable layers: what survives a reboot.</summary>
    public string StateDirectory { get; init; } = "/var/lib/crisp";

    /// <summary>Pins, sockets, exit records: what ends with the node (a tmpfs).</summary>
    public string RunDirectory { get; init; } = "/run/crisp";

    /// <summary>Where <c>ip netns</c> and administrators look for network namespaces.</summary>
    public string NetNsDirectory { get; init; } = "/run/netns";

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
    /// The cgroup of monitors: empty: the daemon's own; "pod": one for each in the pod's cgroup; else a slice, or an
    /// absolute path beneath the hierarchies' mounts.
    /// </summary>
    public string MonitorCgroup { get; init; } = "";

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

    /// <summary>How old the measured size of a writable layer may be in an answer.</summary>
    public TimeSpan StatsMaxAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Containers may be checkpointed, and made from checkpoints; cri-o's enable_criu_support.</summary>
    public bool CheckpointsEnabled { get; init; } = true;

    /// <summary>Absolute path of criu; empty: where programs usually are.</summary>
    public string CriuProgram { get; init; } = "";

    /// <summary>The groups of metrics that are told of pods; see <see cref="Metrics.MetricGroups.Names"/>.</summary>
    public IReadOnlyList<string> PodMetrics { get; init; } = Metrics.MetricGroups.Names;
}
