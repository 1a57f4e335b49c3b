namespace Crisp.Cni.Capabilities;

/// <summary>A range an IPAM plugin may take an address from.</summary>
public sealed record IpRange
{
    /// <summary>In CIDR form.</summary>
    public required string Subnet { get; init; }

    public string? RangeStart { get; init; }

    public string? RangeEnd { get; init; }

    public string? Gateway { get; init; }
}
