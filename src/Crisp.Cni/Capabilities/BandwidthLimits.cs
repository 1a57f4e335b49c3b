namespace Crisp.Cni.Capabilities;

/// <summary>Traffic shaping of a pod: rates in bits per second, bursts in bits; zero is "no limit".</summary>
public sealed record BandwidthLimits
{
    public long IngressRate { get; init; }

    public long IngressBurst { get; init; }

    public long EgressRate { get; init; }

    public long EgressBurst { get; init; }
}
