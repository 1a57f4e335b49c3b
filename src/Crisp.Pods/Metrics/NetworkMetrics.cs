using Crisp.Pods.Stats;

namespace Crisp.Pods.Metrics;

/// <summary>A pod's traffic by interface: it belongs to the pod, not to any of its containers.</summary>
internal static class NetworkMetrics
{
    private static readonly Metric ReceivedBytes = Of("receive_bytes", "Cumulative count of bytes received");
    private static readonly Metric ReceivedPackets = Of("receive_packets", "Cumulative count of packets received");
    private static readonly Metric ReceiveDrops = Of(
        "receive_packets_dropped", "Cumulative count of packets dropped while receiving");
    private static readonly Metric ReceiveErrors = Of(
        "receive_errors", "Cumulative count of errors encountered while receiving");
    private static readonly Metric SentBytes = Of("transmit_bytes", "Cumulative count of bytes transmitted");
    private static readonly Metric SentPackets = Of("transmit_packets", "Cumulative count of packets transmitted");
    private static readonly Metric SendDrops = Of(
        "transmit_packets_dropped", "Cumulative count of packets dropped while transmitting");
    private static readonly Metric SendErrors = Of(
        "transmit_errors", "Cumulative count of errors encountered while transmitting");

    internal static IReadOnlyList<Metric> Metrics { get; } =
        [ReceivedBytes, ReceivedPackets, ReceiveDrops, ReceiveErrors, SentBytes, SentPackets, SendDrops, SendErrors];

    internal static IEnumerable<MetricSample> Read(NetworkDevice device) =>
    [
        ReceivedBytes.Of(device.ReceivedBytes, device.Name),
        ReceivedPackets.Of(device.ReceivedPackets, device.Name),
        ReceiveDrops.Of(device.ReceiveDrops, device.Name),
        ReceiveErrors.Of(device.ReceiveErrors, device.Name),
        SentBytes.Of(device.SentBytes, device.Name),
        SentPackets.Of(device.SentPackets, device.Name),
        SendDrops.Of(device.SendDrops, device.Name),
        SendErrors.Of(device.SendErrors, device.Name),
    ];

    private static Metric Of(string what, string help) =>
        Metric.Counter($"container_network_{what}_total", help, "interface");
}
