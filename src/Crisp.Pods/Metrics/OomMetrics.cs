namespace Crisp.Pods.Metrics;

/// <summary>Kills for want of memory.</summary>
internal sealed class OomMetrics : IContainerMetrics
{
    private static readonly Metric Events = Metric.Counter(
        "container_oom_events_total", "Count of out of memory events observed for the container");

    public IReadOnlyList<Metric> Metrics { get; } = [Events];

    public IEnumerable<MetricSample> Read(MetricSource source) =>
        [Events.Of(source.Keyed("memory", source.IsUnified ? "memory.events" : "memory.oom_control", "oom_kill"))];
}
