namespace Crisp.Pods.Metrics;

/// <summary>The samples of one pod, its own and its containers', as they were at one moment.</summary>
public sealed record PodMetricsSnapshot
{
    public required PodSnapshot Pod { get; init; }

    /// <summary>Nanoseconds since 1970, UTC.</summary>
    public required long TimestampNanos { get; init; }

    /// <summary>What belongs to the pod as a whole, as its network does.</summary>
    public required IReadOnlyList<MetricSample> Samples { get; init; }

    public required IReadOnlyList<ContainerMetricsSnapshot> Containers { get; init; }
}
