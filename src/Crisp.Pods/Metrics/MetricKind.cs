namespace Crisp.Pods.Metrics;

/// <summary>The two types of metrics that CRI knows.</summary>
public enum MetricKind
{
    /// <summary>It only grows, and starts over with the container.</summary>
    Counter,

    Gauge,
}
