namespace Crisp.Pods.Metrics;

/// <summary>The metrics of pods that the configuration has chosen.</summary>
public interface IPodMetrics
{
    /// <summary>The same for the life of the daemon: kubelet asks once.</summary>
    IReadOnlyList<Metric> Descriptions { get; }

    /// <summary>In the order of the pods.</summary>
    Task<IReadOnlyList<PodMetricsSnapshot>> ReadAsync(IReadOnlyList<PodSnapshot> pods);
}
