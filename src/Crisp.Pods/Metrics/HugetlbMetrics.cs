using System.Globalization;
using Crisp.Linux;

namespace Crisp.Pods.Metrics;

/// <summary>Huge pages in bytes, by page size.</summary>
internal sealed class HugetlbMetrics : IContainerMetrics
{
    private const string PageSizes = "/sys/kernel/mm/hugepages";
    private const string Prefix = "hugepages-";
    private const string Suffix = "kB";

    private static readonly Metric Usage = Metric.Gauge(
        "container_hugetlb_usage_bytes", "Current hugepage usage in bytes", "pagesize");
    private static readonly Metric Peak = Metric.Gauge(
        "container_hugetlb_max_usage_bytes", "Maximum hugepage usages recorded in bytes", "pagesize");

    /// <summary>None on a host without the controller, or without huge pages: what is described is measured.</summary>
    public IReadOnlyList<Metric> Metrics { get; } =
        Cgroups.Layout.Controllers.ContainsKey("hugetlb") && Sizes().Any() ? [Usage, Peak] : [];

    public IEnumerable<MetricSample> Read(MetricSource source)
    {
        foreach (var size in Sizes())
        {
            var usage = $"hugetlb.{size}.{(source.IsUnified ? "current" : "usage_in_bytes")}";
            if (source.File("hugetlb", usage) is null)
                continue;
            ulong bytes = source.Number("hugetlb", usage);
            yield return Usage.Of(bytes, size);
            yield return Peak.Of( // v2 records none, so that it is what is known of it
                Math.Max(bytes, source.Number("hugetlb", $"hugetlb.{size}.max_usage_in_bytes")), size);
        }
    }

    /// <summary>As the cgroup files spell them: 64KB, 2MB, 1GB.</summary>
    internal static string Spell(ulong kilobytes) => kilobytes switch
    {
        >= 1 << 20 => $"{kilobytes >> 20}GB",
        >= 1 << 10 => $"{kilobytes >> 10}MB",
        _ => $"{kilobytes}KB",
    };

    private static IEnumerable<string> Sizes() =>
        !Directory.Exists(PageSizes) ? [] : Directory.EnumerateDirectories(PageSizes)
        .Select(Path.GetFileName)
        .OfType<string>()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)
            && name.EndsWith(Suffix, StringComparison.Ordinal))
        .Select(name => Spell(ulong.Parse(name[Prefix.Length..^Suffix.Length], CultureInfo.InvariantCulture)));
}
