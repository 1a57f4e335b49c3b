namespace Crisp.Pods.Metrics;

/// <summary>One value; CRI has whole numbers only, so seconds are cut.</summary>
public sealed record MetricSample(Metric Metric, ulong Value, IReadOnlyList<string> Labels);
