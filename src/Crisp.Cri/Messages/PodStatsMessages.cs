using Crisp.Pods.Stats;
using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>What a pod uses, as CRI tells it.</summary>
internal static class PodStatsMessages
{
    public static PodSandboxStats Stats(PodStatsSnapshot stats) => new()
    {
        Attributes = new PodSandboxAttributes
        {
            Id = stats.Pod.Id,
            Metadata = stats.Pod.Config.Metadata,
            Labels = { stats.Pod.Config.Labels },
            Annotations = { stats.Pod.Config.Annotations },
        },
        Linux = new LinuxPodSandboxStats
        {
            Cpu = UsageMessages.Cpu(stats.Cpu, stats.TimestampNanos),
            Memory = UsageMessages.Memory(stats.Memory, stats.TimestampNanos),
            Io = UsageMessages.Io(stats.IoPressure, stats.TimestampNanos),
            Network = Network(stats.Network),
            Process = new ProcessUsage
            {
                Timestamp = stats.TimestampNanos,
                ProcessCount = UsageMessages.Value(stats.Processes)
            },
            Containers = { stats.Containers.Select(ContainerStatsMessages.Stats) },
        },
    };

    private static NetworkUsage? Network(NetworkStats? network) => network is null ? null : new NetworkUsage
    {
        Timestamp = network.TimestampNanos,
        DefaultInterface = Interface(network.Default),
        Interfaces = { network.Others.Select(Interface) },
    };

    private static NetworkInterfaceUsage Interface(NetworkDevice device) => new()
    {
        Name = device.Name,
        RxBytes = UsageMessages.Value(device.ReceivedBytes),
        RxErrors = UsageMessages.Value(device.ReceiveErrors),
        TxBytes = UsageMessages.Value(device.SentBytes),
        TxErrors = UsageMessages.Value(device.SendErrors),
    };
}
