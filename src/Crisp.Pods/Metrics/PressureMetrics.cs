using Crisp.Linux;
using Crisp.Pods.Stats;

namespace Crisp.Pods.Metrics;

/// <summary>
/// How long the container's tasks waited (some of them) or stood still (all of them); cgroup v2 with PSI only.
/// </summary>
internal sealed class PressureMetrics : IContainerMetrics
{
    private const ulong MicrosPerSecond = 1_000_000;

    private static readonly Metric CpuWaiting = Waiting("cpu", "CPU");
    private static readonly Metric CpuStalled = Stalled("cpu", "CPU");
    private static readonly Metric MemoryWaiting = Waiting("memory", "memory");
    private static readonly Metric MemoryStalled = Stalled("memory", "memory");
    private static readonly Metric IoWaiting = Waiting("io", "IO");
    private static readonly Metric IoStalled = Stalled("io", "IO");

    /// <summary>There only where the kernel has PSI, and it is switched on.</summary>
    private const string OfHost = "/proc/pressure/cpu";

    /// <summary>None on a host that cannot tell: what is described is measured.</summary>
    public IReadOnlyList<Metric> Metrics { get; } = Cgroups.IsUnified && File.Exists(OfHost)
        ? [CpuWaiting, CpuStalled, MemoryWaiting, MemoryStalled, IoWaiting, IoStalled]
        : [];

    public IEnumerable<MetricSample> Read(MetricSource source) => source.IsUnified
        ?
        [
            .. Read(source, "cpu", CpuWaiting, CpuStalled),
            .. Read(source, "memory", MemoryWaiting, MemoryStalled),
            .. Read(source, "io", IoWaiting, IoStalled),
        ]
        : [];

    private static IEnumerable<MetricSample> Read(MetricSource source, string resource, Metric waiting, Metric stalled)
    {
        if (PressureFile.Parse(source.File(resource, resource + ".pressure")) is not { } pressure)
            yield break;
        yield return waiting.Of(pressure.Some.TotalMicros / MicrosPerSecond);
        // There is no "full" of the processor before Linux 5.13.
        yield return stalled.Of((pressure.Full?.TotalMicros ?? 0) / MicrosPerSecond);
    }

    private static Metric Waiting(string resource, string name) => Metric.Counter(
        $"container_pressure_{resource}_waiting_seconds_total",
        $"Total time duration tasks in the container have waited due to {name} congestion.");

    private static Metric Stalled(string resource, string name) => Metric.Counter(
        $"container_pressure_{resource}_stalled_seconds_total",
        $"Total time duration no tasks in the container could make progress due to {name} congestion.");
}
