namespace Crisp.Pods.Metrics;

/// <summary>One group of metrics that the configuration switches on by name, read of one container at a time.</summary>
internal interface IContainerMetrics
{
    IReadOnlyList<Metric> Metrics { get; }

    /// <summary>What the kernel does not tell is left out.</summary>
    IEnumerable<MetricSample> Read(MetricSource source);
}
