namespace Crisp.Pods.Metrics;

/// <summary>The one metric that is always on: when the sample was taken.</summary>
internal sealed class LastSeenMetrics : IContainerMetrics
{
    private const long NanosPerSecond = 1_000_000_000;

    private static readonly Metric LastSeen = Metric.Gauge(
        "container_last_seen", "Last time a container was seen by the exporter");

    public IReadOnlyList<Metric> Metrics { get; } = [LastSeen];

    public IEnumerable<MetricSample> Read(MetricSource source) =>
        [LastSeen.Of((ulong)(source.NowNanos / NanosPerSecond))];
}
