namespace Crisp.Pods.Metrics;

/// <summary>
/// What is measured, in cAdvisor's words: kubelet's /metrics/cadvisor passes names and labels on as they are, and
/// dashboards know them from there.
/// </summary>
public sealed record Metric
{
    public required string Name { get; init; }

    /// <summary>A sentence for whoever reads the endpoint.</summary>
    public required string Help { get; init; }

    public required MetricKind Kind { get; init; }

    /// <summary>Labels beside those that say whose sample it is.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    internal static Metric Counter(string name, string help, params string[] labels) =>
        new() { Name = name, Help = help, Kind = MetricKind.Counter, Labels = labels };

    internal static Metric Gauge(string name, string help, params string[] labels) =>
        new() { Name = name, Help = help, Kind = MetricKind.Gauge, Labels = labels };

    /// <summary>A value of it, with one value for each of its labels.</summary>
    internal MetricSample Of(ulong value, params string[] labels) => new(this, value, labels);
}
