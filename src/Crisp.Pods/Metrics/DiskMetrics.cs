using Crisp.Linux;

namespace Crisp.Pods.Metrics;

/// <summary>The container's writable layer, and the file system it is on.</summary>
internal sealed class DiskMetrics : IContainerMetrics
{
    private static readonly Metric InodesFree = Metric.Gauge(
        "container_fs_inodes_free", "Number of available Inodes", "device");
    private static readonly Metric InodesTotal = Metric.Gauge(
        "container_fs_inodes_total", "Number of Inodes", "device");
    private static readonly Metric LimitBytes = Metric.Gauge("container_fs_limit_bytes",
        "Number of bytes that can be consumed by the container on this filesystem.", "device");
    private static readonly Metric UsageBytes = Metric.Gauge(
        "container_fs_usage_bytes", "Number of bytes that are consumed by the container on this filesystem.", "device");

    public IReadOnlyList<Metric> Metrics { get; } = [InodesFree, InodesTotal, LimitBytes, UsageBytes];

    public IEnumerable<MetricSample> Read(MetricSource source)
    {
        if (FileSystemStatus.Of(source.Container.Directory) is not { } disk
            || FileStatus.Of(source.Container.Directory) is not { } directory)
            yield break; // removed meanwhile
        var device = BlockDevices.NameOf(directory.Device.Major, directory.Device.Minor);
        yield return InodesFree.Of(disk.FreeInodes, device);
        yield return InodesTotal.Of(disk.Inodes, device);
        yield return LimitBytes.Of(disk.Bytes, device);
        yield return UsageBytes.Of(source.WritableLayer?.UsedBytes ?? 0, device);
    }
}
