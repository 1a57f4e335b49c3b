namespace Crisp.Cni.Capabilities;

/// <summary>Traffic shaping of a pod: rates in bits per second, bursts in bits; zero is "no limit".</summary>
public sealed record BandwidthLimits
{
    /// <summary>For a rate without a burst, which the plugin refuses; what other runtimes send too.</summary>
    private const long DefaultBurst = int.MaxValue;

    public long IngressRate { get; init; }

    public long IngressBurst { get; init; }

    public long EgressRate { get; init; }

    public long EgressBurst { get; init; }

    internal BandwidthLimits WithBursts() => this with
    {
        IngressBurst = IngressRate > 0 && IngressBurst == 0 ? DefaultBurst : IngressBurst,
        EgressBurst = EgressRate > 0 && EgressBurst == 0 ? DefaultBurst : EgressBurst,
    };
}
