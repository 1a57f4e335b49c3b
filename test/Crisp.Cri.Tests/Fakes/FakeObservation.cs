using Crisp.Pods;
using Crisp.Pods.Events;
using Crisp.Pods.Metrics;
using Crisp.Pods.Stats;

namespace Crisp.Cri.Tests.Fakes;

/// <summary>Readings and events that are there because the test says so.</summary>
internal sealed class FakeObservation : IPodStats, IPodMetrics, IContainerEvents
{
    private static readonly Metric Received = new()
    {
        Name = "container_network_receive_bytes_total", Help = "Cumulative count of bytes received",
        Kind = MetricKind.Counter, Labels = ["interface"],
    };

    public List<ContainerEvent> Happened { get; } = [];

    public IReadOnlyList<Metric> Descriptions => [Received];

    Task<IReadOnlyList<PodStatsSnapshot>> IPodStats.ReadAsync(IReadOnlyList<PodSnapshot> pods) =>
        Task.FromResult<IReadOnlyList<PodStatsSnapshot>>([.. pods.Select(pod => new PodStatsSnapshot
        {
            Pod = pod,
            TimestampNanos = 7,
            Cpu = new CpuStats { UsageCoreNanoSeconds = 100 },
            IoPressure = new PressureStats(new PressureLine(0.5, 1, 2, 99), Full: null),
            Network = new NetworkStats(7, Device("eth0", 10), [Device("net1", 20)]),
            Processes = 3,
            Containers = [],
        })]);

    Task<IReadOnlyList<PodMetricsSnapshot>> IPodMetrics.ReadAsync(IReadOnlyList<PodSnapshot> pods) =>
        Task.FromResult<IReadOnlyList<PodMetricsSnapshot>>([.. pods.Select(pod => new PodMetricsSnapshot
        {
            Pod = pod,
            TimestampNanos = 7,
            Samples = [new MetricSample(Received, 10, ["eth0"])],
            Containers = [new ContainerMetricsSnapshot(Snapshots.Container(), [new MetricSample(Received, 5, ["x"])])],
        })]);

    public IAsyncEnumerable<ContainerEvent> Listen(CancellationToken listening) => Tell();

    private async IAsyncEnumerable<ContainerEvent> Tell()
    {
        foreach (var happened in Happened)
            yield return await ValueTask.FromResult(happened);
    }

    private static NetworkDevice Device(string name, ulong received) => new()
    {
        Name = name, ReceivedBytes = received, ReceivedPackets = 1, ReceiveErrors = 0, ReceiveDrops = 0,
        SentBytes = 2, SentPackets = 1, SendErrors = 0, SendDrops = 0,
    };
}
