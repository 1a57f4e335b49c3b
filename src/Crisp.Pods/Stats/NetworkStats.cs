namespace Crisp.Pods.Stats;

/// <summary>Traffic of a pod, as seen inside its network namespace; the loopback device does not count.</summary>
/// <param name="TimestampNanos">When it was read: nanoseconds since 1970, UTC.</param>
/// <param name="Default">The interface that CNI made.</param>
/// <param name="Others">All other interfaces.</param>
public sealed record NetworkStats(long TimestampNanos, NetworkDevice Default, IReadOnlyList<NetworkDevice> Others)
{
    /// <summary>What CNI calls a pod's first interface in this house.</summary>
    private const string DefaultName = "eth0";

    /// <summary>Null where there is nothing but the loopback device.</summary>
    internal static NetworkStats? Of(IReadOnlyList<NetworkDevice> devices, long nowNanos)
    {
        if (devices is [])
            return null;
        var first = devices.FirstOrDefault(device => device.Name == DefaultName) ?? devices[0];
        return new NetworkStats(nowNanos, first, [.. devices.Where(device => device != first)]);
    }
}
