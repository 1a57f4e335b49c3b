using Crisp.Pods.Stats;

namespace Crisp.Pods.Metrics;

/// <summary>Memory in bytes, and page faults.</summary>
internal sealed class MemoryMetrics : IContainerMetrics
{
    private static readonly Metric Cache = Metric.Gauge(
        "container_memory_cache", "Number of bytes of page cache memory.");
    private static readonly Metric Rss = Metric.Gauge("container_memory_rss", "Size of RSS in bytes.");
    private static readonly Metric Kernel = Metric.Gauge(
        "container_memory_kernel_usage", "Size of kernel memory allocated in bytes.");
    private static readonly Metric Mapped = Metric.Gauge(
        "container_memory_mapped_file", "Size of memory mapped files in bytes.");
    private static readonly Metric Swap = Metric.Gauge("container_memory_swap", "Container swap usage in bytes.");
    private static readonly Metric Failures = Metric.Counter(
        "container_memory_failcnt", "Number of memory usage hits limits");
    private static readonly Metric Usage = Metric.Gauge("container_memory_usage_bytes",
        "Current memory usage in bytes, including all memory regardless of when it was accessed");
    private static readonly Metric Peak = Metric.Gauge(
        "container_memory_max_usage_bytes", "Maximum memory usage recorded in bytes");
    private static readonly Metric WorkingSet = Metric.Gauge(
        "container_memory_working_set_bytes", "Current working set in bytes.");
    private static readonly Metric Faults = Metric.Counter(
        "container_memory_failures_total", "Cumulative count of memory allocation failures.", "failure_type", "scope");

    public IReadOnlyList<Metric> Metrics { get; } =
        [Cache, Rss, Kernel, Mapped, Swap, Failures, Usage, Peak, WorkingSet, Faults];

    public IEnumerable<MetricSample> Read(MetricSource source) => source.IsUnified ? Unified(source) : Separate(source);

    private static IEnumerable<MetricSample> Unified(MetricSource source)
    {
        ulong Stat(string key) => source.Keyed("memory", "memory.stat", key);
        var usage = source.Number("memory", "memory.current");
        return
        [
            Cache.Of(Stat("file")),
            Rss.Of(Stat("anon")),
            Kernel.Of(Stat("kernel")),
            Mapped.Of(Stat("file_mapped")),
            Swap.Of(source.Number("memory", "memory.swap.current")),
            Failures.Of(source.Keyed("memory", "memory.events", "max")),
            Usage.Of(usage),
            Peak.Of(Math.Max(usage, source.Number("memory", "memory.peak"))),
            WorkingSet.Of(Amounts.Less(usage, Stat("inactive_file"))),
            .. FaultSamples("pgfault", Stat("pgfault"), Stat("pgfault")),
            .. FaultSamples("pgmajfault", Stat("pgmajfault"), Stat("pgmajfault")),
        ];
    }

    private static IEnumerable<MetricSample> Separate(MetricSource source)
    {
        ulong Stat(string key) => source.Keyed("memory", "memory.stat", key);
        var usage = source.Number("memory", "memory.usage_in_bytes");
        return
        [
            Cache.Of(Stat("total_cache")),
            Rss.Of(Stat("total_rss")),
            Kernel.Of(source.Number("memory", "memory.kmem.usage_in_bytes")),
            Mapped.Of(Stat("total_mapped_file")),
            Swap.Of(Stat("total_swap")),
            Failures.Of(source.Number("memory", "memory.failcnt")),
            Usage.Of(usage),
            Peak.Of(source.Number("memory", "memory.max_usage_in_bytes")),
            WorkingSet.Of(Amounts.Less(usage, Stat("total_inactive_file"))),
            .. FaultSamples("pgfault", Stat("pgfault"), Stat("total_pgfault")),
            .. FaultSamples("pgmajfault", Stat("pgmajfault"), Stat("total_pgmajfault")),
        ];
    }

    private static IEnumerable<MetricSample> FaultSamples(string type, ulong own, ulong withGroupsBeneath) =>
        [Faults.Of(own, type, "container"), Faults.Of(withGroupsBeneath, type, "hierarchy")];
}
