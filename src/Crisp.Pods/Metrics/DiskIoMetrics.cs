using Crisp.Linux;

namespace Crisp.Pods.Metrics;

/// <summary>
/// What the container read from and wrote to block devices. Before its first transfer, and on devices that the kernel
/// does not count for, that is nothing on the device of its writable layer: counters that begin at zero can be added up
/// and compared.
/// </summary>
internal sealed class DiskIoMetrics : IContainerMetrics
{
    private static readonly Metric ReadBytes = Metric.Counter(
        "container_fs_reads_bytes_total", "Cumulative count of bytes read", "device");
    private static readonly Metric Reads = Metric.Counter(
        "container_fs_reads_total", "Cumulative count of reads completed", "device");
    private static readonly Metric WrittenBytes = Metric.Counter(
        "container_fs_writes_bytes_total", "Cumulative count of bytes written", "device");
    private static readonly Metric Writes = Metric.Counter(
        "container_fs_writes_total", "Cumulative count of writes completed", "device");
    private static readonly Metric Usage = Metric.Counter(
        "container_blkio_device_usage_total", "Blkio Device bytes usage", "device", "major", "minor", "operation");

    public IReadOnlyList<Metric> Metrics { get; } = [ReadBytes, Reads, WrittenBytes, Writes, Usage];

    public IEnumerable<MetricSample> Read(MetricSource source) =>
        (Counters(source).ToList() is { Count: > 0 } counters ? counters : Nothing(source)).SelectMany(Samples);

    private static List<BlockIo> Nothing(MetricSource source) =>
        FileStatus.Of(source.Container.Directory) is { } directory
            ? [new BlockIo(directory.Device.Major, directory.Device.Minor)]
            : []; // removed meanwhile

    private static IEnumerable<BlockIo> Counters(MetricSource source) => source.IsUnified
        ? BlockIo.ParseUnified(source.File("io", "io.stat"))
        : BlockIo.ParseSeparate(
            source.File("blkio", "blkio.throttle.io_service_bytes_recursive"),
            source.File("blkio", "blkio.throttle.io_serviced_recursive"));

    private static IEnumerable<MetricSample> Samples(BlockIo io)
    {
        var device = BlockDevices.NameOf(io.Major, io.Minor);
        yield return ReadBytes.Of(io.ReadBytes, device);
        yield return Reads.Of(io.Reads, device);
        yield return WrittenBytes.Of(io.WrittenBytes, device);
        yield return Writes.Of(io.Writes, device);
        yield return Usage.Of(io.ReadBytes, device, $"{io.Major}", $"{io.Minor}", "Read");
        yield return Usage.Of(io.WrittenBytes, device, $"{io.Major}", $"{io.Minor}", "Write");
    }
}
