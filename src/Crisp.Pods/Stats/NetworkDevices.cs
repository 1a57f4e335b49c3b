namespace Crisp.Pods.Stats;

/// <summary>
/// /proc/net/dev: two lines of titles, then for each interface its name, a colon and sixteen numbers, of which the
/// first four are received bytes, packets, errors and drops, and the ninth to twelfth the same of what was sent.
/// </summary>
internal static class NetworkDevices
{
    private const string Loopback = "lo";
    private const int FirstSent = 8;
    private const int Columns = 16;

    /// <summary>The calling thread's namespace, not its process's.</summary>
    internal const string File = "/proc/thread-self/net/dev";

    /// <summary>All interfaces but the loopback device, in the kernel's order.</summary>
    internal static IReadOnlyList<NetworkDevice> Parse(string text) =>
        [.. text.Split('\n').Skip(2).Select(Device).OfType<NetworkDevice>()];

    private static NetworkDevice? Device(string line)
    {
        var colon = line.IndexOf(':');
        if (colon < 0)
            return null;
        var name = line[..colon].Trim();
        var numbers = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return name == Loopback || numbers.Length < Columns ? null : new NetworkDevice
        {
            Name = name,
            ReceivedBytes = Number(numbers, 0),
            ReceivedPackets = Number(numbers, 1),
            ReceiveErrors = Number(numbers, 2),
            ReceiveDrops = Number(numbers, 3),
            SentBytes = Number(numbers, FirstSent),
            SentPackets = Number(numbers, FirstSent + 1),
            SendErrors = Number(numbers, FirstSent + 2),
            SendDrops = Number(numbers, FirstSent + 3),
        };
    }

    private static ulong Number(string[] numbers, int column) => KeyedLines.Number(numbers[column]) ?? 0;
}
