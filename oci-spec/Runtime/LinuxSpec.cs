namespace Crisp.OciSpec.Runtime;

/// <summary>The section "linux" (config-linux.md). Not named Linux: that is a namespace of this tree.</summary>
public sealed record LinuxSpec
{
    public IReadOnlyList<IdMapping>? UidMappings { get; init; }

    public IReadOnlyList<IdMapping>? GidMappings { get; init; }

    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }

    public Resources? Resources { get; init; }

    /// <summary>Absolute for the cgroupfs driver, SLICE:PREFIX:NAME for systemd.</summary>
    public string? CgroupsPath { get; init; }

    public IReadOnlyList<Namespace>? Namespaces { get; init; }

    public IReadOnlyList<Device>? Devices { get; init; }

    /// <summary>Host interfaces to move in, by host name (1.3).</summary>
    public IReadOnlyDictionary<string, NetDevice>? NetDevices { get; init; }

    public Seccomp? Seccomp { get; init; }

    /// <summary>private, rprivate, slave, rslave, shared, rshared or unbindable.</summary>
    public string? RootfsPropagation { get; init; }

    public IReadOnlyList<string>? MaskedPaths { get; init; }

    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    public string? MountLabel { get; init; }

    public IntelRdt? IntelRdt { get; init; }

    public Personality? Personality { get; init; }

    /// <summary>By clock: monotonic, boottime.</summary>
    public IReadOnlyDictionary<string, TimeOffset>? TimeOffsets { get; init; }
}
