using Crisp.Pods.Stats;

namespace Crisp.Pods.Metrics;

/// <summary>Takes the samples of the groups that the configuration has chosen, when somebody asks.</summary>
internal sealed class PodMetricsReader(NodeState node, ContainerStatsReader stats) : IPodMetrics
{
    private readonly IReadOnlyList<IContainerMetrics> _groups = MetricGroups.Chosen(node.Options.PodMetrics);
    private readonly bool _network = node.Options.PodMetrics.Contains(MetricGroups.Network);

    public IReadOnlyList<Metric> Descriptions =>
        [.. _groups.SelectMany(group => group.Metrics), .. _network ? NetworkMetrics.Metrics : []];

    public async Task<IReadOnlyList<PodMetricsSnapshot>> ReadAsync(IReadOnlyList<PodSnapshot> pods)
    {
        var networks =
            await PodNetworkReader.ReadAsync(_network ? pods : []).ConfigureAwait(false);
        var running = node.Containers.All
            .Where(container => container.Snapshot.Phase != ContainerPhase.Exited)
            .ToLookup(container => container.Record.PodId, StringComparer.Ordinal);
        return [.. pods.Select(pod => new PodMetricsSnapshot
        {
            Pod = pod,
            TimestampNanos = node.NowNanos,
            Samples = [.. (networks.GetValueOrDefault(pod.Id) ?? []).SelectMany(NetworkMetrics.Read)],
            Containers = [.. running[pod.Id].Select(container => Read(container.Snapshot))],
        })];
    }

    private ContainerMetricsSnapshot Read(ContainerSnapshot container)
    {
        var source = MetricSource.Of(container, stats.LayerOf(container), node.NowNanos);
        return new ContainerMetricsSnapshot(container, [.. _groups.SelectMany(group => group.Read(source))]);
    }
}
