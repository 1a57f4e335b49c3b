namespace Crisp.Cni.Capabilities;

/// <summary>
/// Facts of one pod for the plugins that ask for them ("capabilities" in their configuration); names and shapes are
/// those of CNI's CONVENTIONS.md.
/// </summary>
public sealed record CapabilityArguments
{
    public static CapabilityArguments None { get; } = new();

    public IReadOnlyList<PortMapping> PortMappings { get; init; } = [];

    /// <summary>One inner list per address wanted: the ranges it may come from.</summary>
    public IReadOnlyList<IReadOnlyList<IpRange>> IpRanges { get; init; } = [];

    public CniDns? Dns { get; init; }

    public BandwidthLimits? Bandwidth { get; init; }

    /// <summary>Names by which the pod can be found on the network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>A hardware address, as "c2:11:22:33:44:55".</summary>
    public string? Mac { get; init; }

    /// <summary>Addresses with prefix length, as "10.10.0.1/24".</summary>
    public IReadOnlyList<string> Ips { get; init; } = [];
}
