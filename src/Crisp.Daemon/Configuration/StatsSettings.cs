using Crisp.Pods.Metrics;

namespace Crisp.Daemon.Configuration;

/// <summary>[crio.stats]</summary>
internal sealed record StatsSettings
{
    /// <summary>Groups of metrics; cri-o's "all" is here already all of their names.</summary>
    public IReadOnlyList<string> PodMetrics { get; init; } = MetricGroups.Names;
}
