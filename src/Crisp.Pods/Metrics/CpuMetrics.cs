namespace Crisp.Pods.Metrics;

/// <summary>Processor time, and how the quota held it back.</summary>
internal sealed class CpuMetrics : IContainerMetrics
{
    private const ulong NanosPerSecond = 1_000_000_000;
    private const ulong MicrosPerSecond = 1_000_000;

    /// <summary>cAdvisor's label of all processors together; kubelet's consumers never see single ones.</summary>
    private const string Total = "total";

    private static readonly Metric Usage = Metric.Counter(
        "container_cpu_usage_seconds_total", "Cumulative cpu time consumed in seconds.", "cpu");
    private static readonly Metric User = Metric.Counter(
        "container_cpu_user_seconds_total", "Cumulative user cpu time consumed in seconds.");
    private static readonly Metric Kernel = Metric.Counter(
        "container_cpu_system_seconds_total", "Cumulative system cpu time consumed in seconds.");
    private static readonly Metric Periods = Metric.Counter(
        "container_cpu_cfs_periods_total", "Number of elapsed enforcement period intervals.");
    private static readonly Metric Throttled = Metric.Counter(
        "container_cpu_cfs_throttled_periods_total", "Number of throttled period intervals.");
    private static readonly Metric ThrottledSeconds = Metric.Counter(
        "container_cpu_cfs_throttled_seconds_total", "Total time duration the container has been throttled.");

    public IReadOnlyList<Metric> Metrics { get; } = [Usage, User, Kernel, Periods, Throttled, ThrottledSeconds];

    public IEnumerable<MetricSample> Read(MetricSource source) =>
    [
        .. source.IsUnified ? Unified(source) : Separate(source),
        Periods.Of(source.Keyed("cpu", "cpu.stat", "nr_periods")),
        Throttled.Of(source.Keyed("cpu", "cpu.stat", "nr_throttled")),
    ];

    private static MetricSample[] Unified(MetricSource source) =>
    [
        Usage.Of(source.Keyed("cpu", "cpu.stat", "usage_usec") / MicrosPerSecond, Total),
        User.Of(source.Keyed("cpu", "cpu.stat", "user_usec") / MicrosPerSecond),
        Kernel.Of(source.Keyed("cpu", "cpu.stat", "system_usec") / MicrosPerSecond),
        ThrottledSeconds.Of(source.Keyed("cpu", "cpu.stat", "throttled_usec") / MicrosPerSecond),
    ];

    private static MetricSample[] Separate(MetricSource source) =>
    [
        Usage.Of(source.Number("cpuacct", "cpuacct.usage") / NanosPerSecond, Total),
        User.Of(source.Number("cpuacct", "cpuacct.usage_user") / NanosPerSecond),
        Kernel.Of(source.Number("cpuacct", "cpuacct.usage_sys") / NanosPerSecond),
        ThrottledSeconds.Of(source.Keyed("cpu", "cpu.stat", "throttled_time") / NanosPerSecond),
    ];
}
