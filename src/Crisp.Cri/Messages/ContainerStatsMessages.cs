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
        Cpu = Cpu(stats),
        Memory = Memory(stats),
        Swap = Swap(stats),
        WritableLayer = WritableLayer(stats.WritableLayer),
    };

    private static CpuUsage? Cpu(ContainerStatsSnapshot stats) => stats.Cpu is not { } cpu ? null : new CpuUsage
    {
        Timestamp = stats.TimestampNanos,
        UsageCoreNanoSeconds = Value(cpu.UsageCoreNanoSeconds),
        UsageNanoCores = Value(cpu.UsageNanoCores),
    };

    private static MemoryUsage? Memory(ContainerStatsSnapshot stats) => stats.Memory is not { } memory ? null : new MemoryUsage
    {
        Timestamp = stats.TimestampNanos,
        UsageBytes = Value(memory.UsageBytes),
        WorkingSetBytes = Value(memory.WorkingSetBytes),
        AvailableBytes = Value(memory.AvailableBytes),
        RssBytes = Value(memory.RssBytes),
        PageFaults = Value(memory.PageFaults),
        MajorPageFaults = Value(memory.MajorPageFaults),
    };

    private static SwapUsage? Swap(ContainerStatsSnapshot stats) => stats.Swap is not { } swap ? null : new SwapUsage
    {
        Timestamp = stats.TimestampNanos,
        SwapUsageBytes = Value(swap.UsageBytes),
        SwapAvailableBytes = Value(swap.AvailableBytes),
    };

    private static FilesystemUsage? WritableLayer(WritableLayerStats? layer) => layer is null ? null : new FilesystemUsage
    {
        Timestamp = layer.TimestampNanos,
        FsId = new FilesystemIdentifier { Mountpoint = layer.Mountpoint },
        UsedBytes = Value(layer.UsedBytes),
        InodesUsed = Value(layer.InodesUsed),
    };

    private static UInt64Value? Value(ulong? value) => value is { } v ? new UInt64Value { Value = v } : null;
}
