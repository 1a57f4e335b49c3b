namespace Crisp.Pods.Metrics;

/// <summary>The samples of one container.</summary>
public sealed record ContainerMetricsSnapshot(ContainerSnapshot Container, IReadOnlyList<MetricSample> Samples);
