namespace Crisp.Pods.Stats;

/// <summary>
/// Reads a container's counters when asked: a handful of small files of its cgroup. The size of the writable layer
/// needs a walk, which happens beside, and is as old as the configuration allows.
/// </summary>
internal sealed class ContainerStatsReader(NodeState node) : IContainerStats
{
    private static readonly SemaphoreSlim Walking = new(1);

    public ContainerStatsSnapshot Read(ContainerSnapshot container)
    {
        var history = node.Containers.Find(container.Id)?.Stats;
        var counters = container.Phase == ContainerPhase.Exited
            ? CgroupCounters.None
            : CgroupReading.Of(container.CgroupPath);
        var now = node.NowNanos;
        return new ContainerStatsSnapshot
        {
            Container = container,
            TimestampNanos = now,
            Cpu = counters.CpuNanos is { } cpu
                ? new CpuStats
                {
                    UsageCoreNanoSeconds = cpu,
                    UsageNanoCores = history?.NanoCores(cpu, now),
                    Pressure = counters.CpuPressure
                }
                : null,
            Memory = counters.Memory is { } memory ? memory with { Pressure = counters.MemoryPressure } : null,
            Swap = counters.Swap,
            IoPressure = counters.IoPressure,
            WritableLayer = history is null ? null : LayerOf(container, history, now),
        };
    }

    /// <summary>The writable layer as it was last measured; null until it was.</summary>
    internal WritableLayerStats? LayerOf(ContainerSnapshot container) =>
        node.Containers.Find(container.Id)?.Stats is { } history ? LayerOf(container, history, node.NowNanos) : null;

    /// <summary>
    /// A small layer is measured at once the first time; what takes longer, and all later ones, beside.
    /// </summary>
    private WritableLayerStats? LayerOf(ContainerSnapshot container, StatsHistory history, long nowNanos)
    {
        var known = history.Layer;
        var fresh = known is not null && nowNanos - known.TimestampNanos < node.Options.StatsMaxAge.TotalNanoseconds;
        if (fresh || !history.TryBeginMeasuring())
            return known;
        if (known is null && WritableLayer.TryMeasure(container.Directory, WritableLayer.AtOnce) is { } small)
        {
            history.EndMeasuring();
            return history.Layer = Stamp(small, container.Directory, nowNanos);
        }

        _ = MeasureBesideAsync(container.Directory, history);
        return known;
    }

    /// <summary>One large layer at a time: a list call finds all of a node's stale at once.</summary>
    private async Task MeasureBesideAsync(string directory, StatsHistory history)
    {
        await Walking.WaitAsync().ConfigureAwait(false);
        try
        {
            await Task.Factory.StartNew(
                () => Measure(directory, history),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            Walking.Release();
        }
    }

    private void Measure(string directory, StatsHistory history)
    {
        try
        {
            if (WritableLayer.TryMeasure(directory, WritableLayer.Beside) is { } size)
                history.Layer = Stamp(size, directory, node.NowNanos);
        }
        finally
        {
            history.EndMeasuring();
        }
    }

    private static WritableLayerStats Stamp((ulong Bytes, ulong Inodes) size, string directory, long nowNanos) => new()
    {
        TimestampNanos = nowNanos,
        Mountpoint = WritableLayer.Of(directory),
        UsedBytes = size.Bytes,
        InodesUsed = size.Inodes,
    };
}
