namespace Crisp.Pods.Stats;

/// <summary>One line of /proc/net/dev (proc(5)): what an interface received and sent since it was made.</summary>
public sealed record NetworkDevice
{
    public required string Name { get; init; }

    public required ulong ReceivedBytes { get; init; }

    public required ulong ReceivedPackets { get; init; }

    public required ulong ReceiveErrors { get; init; }

    public required ulong ReceiveDrops { get; init; }

    public required ulong SentBytes { get; init; }

    public required ulong SentPackets { get; init; }

    public required ulong SendErrors { get; init; }

    public required ulong SendDrops { get; init; }
}
