using Runtime.V1;

namespace Crisp.Pods.Metrics;

/// <summary>What the container was given: limits of zero are none.</summary>
internal sealed class SpecMetrics : IContainerMetrics
{
    private const long NanosPerSecond = 1_000_000_000;

    private static readonly Metric CpuPeriod = Metric.Gauge(
        "container_spec_cpu_period", "CPU period of the container.");
    private static readonly Metric CpuQuota = Metric.Gauge("container_spec_cpu_quota", "CPU quota of the container.");
    private static readonly Metric CpuShares = Metric.Gauge("container_spec_cpu_shares", "CPU share of the container.");
    private static readonly Metric MemoryLimit = Metric.Gauge(
        "container_spec_memory_limit_bytes", "Memory limit for the container.");
    private static readonly Metric MemoryReservation = Metric.Gauge(
        "container_spec_memory_reservation_limit_bytes", "Memory reservation limit for the container.");
    private static readonly Metric SwapLimit = Metric.Gauge(
        "container_spec_memory_swap_limit_bytes", "Memory swap limit for the container.");
    private static readonly Metric StartTime = Metric.Gauge(
        "container_start_time_seconds", "Start time of the container since unix epoch in seconds.");

    public IReadOnlyList<Metric> Metrics { get; } =
        [CpuPeriod, CpuQuota, CpuShares, MemoryLimit, MemoryReservation, SwapLimit, StartTime];

    public IEnumerable<MetricSample> Read(MetricSource source)
    {
        var asked = source.Container.Resources ?? new LinuxContainerResources();
        yield return CpuPeriod.Of(Limit(asked.CpuPeriod));
        yield return CpuQuota.Of(Limit(asked.CpuQuota));
        yield return CpuShares.Of(Limit(asked.CpuShares));
        yield return MemoryLimit.Of(Limit(asked.MemoryLimitInBytes));
        yield return SwapLimit.Of(Limit(asked.MemorySwapLimitInBytes));
        yield return MemoryReservation.Of(Reservation(asked));
        yield return StartTime.Of(
            (ulong)(Math.Max(source.Container.StartedAtNanos, source.Container.CreatedAtNanos) / NanosPerSecond));
    }

    /// <summary>CRI has it among the raw v2 settings only.</summary>
    private static ulong Reservation(LinuxContainerResources asked) =>
        asked.Unified.TryGetValue("memory.min", out var text) && ulong.TryParse(text, out var bytes) ? bytes : 0;

    private static ulong Limit(long value) => value > 0 ? (ulong)value : 0;
}
