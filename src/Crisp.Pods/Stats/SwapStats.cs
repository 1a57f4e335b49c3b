namespace Crisp.Pods.Stats;

/// <summary>Swap of a cgroup in bytes; absent where the kernel does not account for it.</summary>
public sealed record SwapStats
{
    public required ulong UsageBytes { get; init; }

    /// <summary>What the limit leaves; null without a limit.</summary>
    public ulong? AvailableBytes { get; init; }
}
