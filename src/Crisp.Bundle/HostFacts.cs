using Crisp.Bundle.Seccomp;
using Crisp.Bundle.SELinux;

namespace Crisp.Bundle;

/// <summary>What this host can do and how it is called, gathered once by the daemon.</summary>
public sealed record HostFacts
{
    public required bool CgroupV2 { get; init; }

    /// <summary>Controllers that containers can use: cpu, cpuset, memory, pids, hugetlb, devices, …</summary>
    public required IReadOnlySet<string> Controllers { get; init; }

    /// <summary>Swap can be limited (memory.memsw.* on v1, memory.swap.* on v2).</summary>
    public bool SwapLimit { get; init; }

    /// <summary>The daemon's own bounding set, as "CAP_X": no container can get more.</summary>
    public required IReadOnlyList<string> BoundingCapabilities { get; init; }

    public int OwnOomScoreAdj { get; init; }

    /// <summary>
    /// The daemon has CAP_SYS_RESOURCE, so a container may be given less than <see cref="OwnOomScoreAdj"/>.
    /// </summary>
    public bool CanLowerOomScoreAdj { get; init; } = true;

    /// <summary>
    /// The daemon's own hard resource limits by kernel name; null where it may raise them (CAP_SYS_RESOURCE).
    /// </summary>
    public IReadOnlyDictionary<string, ulong>? HardLimits { get; init; }

    public bool AppArmor { get; init; }

    /// <summary>
    /// The policy's labels for containers; null where SELinux is off, here or in the configuration
    /// (crio.runtime.selinux).
    /// </summary>
    public SELinuxHost? SELinux { get; init; }

    /// <summary>The kernel filters system calls; null where it does not.</summary>
    public SeccompHost? Seccomp { get; init; }

    /// <summary>
    /// Pods can have user namespaces: the kernel makes them, and overlays of ID-mapped layers (Linux 5.19).
    /// </summary>
    public bool UserNamespaces { get; init; } = true;

    public bool Sctp { get; init; } = true;

    /// <summary>The node's host name, which host-network pods see.</summary>
    public required string Hostname { get; init; }

    /// <summary>
    /// /sys/devices/system/cpu/cpuN/thermal_throttle of each CPU that has it: masked beside the fixed list.
    /// </summary>
    public IReadOnlyList<string> ThermalThrottlePaths { get; init; } = [];
}
