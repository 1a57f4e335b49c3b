namespace Crisp.Pods.Metrics;

/// <summary>The groups of metrics by the names that cri-o's included_pod_metrics has for them.</summary>
public static class MetricGroups
{
    internal const string Network = "network";

    private static readonly IReadOnlyDictionary<string, IContainerMetrics> OfContainers =
        new SortedDictionary<string, IContainerMetrics>(StringComparer.Ordinal)
        {
            ["cpu"] = new CpuMetrics(),
            ["disk"] = new DiskMetrics(),
            ["diskIO"] = new DiskIoMetrics(),
            ["hugetlb"] = new HugetlbMetrics(),
            ["memory"] = new MemoryMetrics(),
            ["oom"] = new OomMetrics(),
            ["pressure"] = new PressureMetrics(),
            ["process"] = new ProcessMetrics(),
            ["spec"] = new SpecMetrics(),
        };

    /// <summary>Everything that can be switched on.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. OfContainers.Keys, Network];

    internal static IReadOnlyList<IContainerMetrics> Chosen(IReadOnlyList<string> names) =>
        [new LastSeenMetrics(), .. OfContainers.Where(group => names.Contains(group.Key)).Select(group => group.Value)];
}
