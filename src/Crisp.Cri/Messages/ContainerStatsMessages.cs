using Crisp.Pods.Stats;
using Runtime.V1;
using ContainerStats = Runtime.V1.ContainerStats;

namespace Crisp.Cri.Messages;

/// <summary>Counters as CRI tells them; a part that was not read is absent, not zero.</summary>
internal static class ContainerStatsMessages
{
    public static ContainerStats Stats(ContainerStatsSnapshot stats) => new()
    {
        Attributes = new ContainerAttributes
        {
            Id = stats.Container.Id,
            Metadata = stats.Container.Config.Metadata,
            Labels = { stats.Container.Config.Labels },
            Annotations = { stats.Container.Config.Annotations },
        },
        Cpu = UsageMessages.Cpu(stats.Cpu, stats.TimestampNanos),
        Memory = UsageMessages.Memory(stats.Memory, stats.TimestampNanos),
        Swap = Swap(stats),
        Io = UsageMessages.Io(stats.IoPressure, stats.TimestampNanos),
        WritableLayer = WritableLayer(stats.WritableLayer),
    };

    private static SwapUsage? Swap(ContainerStatsSnapshot stats) => stats.Swap is not { } swap ? null : new SwapUsage
    {
        Timestamp = stats.TimestampNanos,
        SwapUsageBytes = UsageMessages.Value(swap.UsageBytes),
        SwapAvailableBytes = UsageMessages.Value(swap.AvailableBytes),
    };

    private static FilesystemUsage? WritableLayer(WritableLayerStats? layer) =>
        layer is null ? null : new FilesystemUsage
    {
        Timestamp = layer.TimestampNanos,
        FsId = new FilesystemIdentifier { Mountpoint = layer.Mountpoint },
        UsedBytes = UsageMessages.Value(layer.UsedBytes),
        InodesUsed = UsageMessages.Value(layer.InodesUsed),
    };
}
