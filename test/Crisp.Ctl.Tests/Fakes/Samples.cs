using Runtime.V1;

namespace Crisp.Ctl.Tests.Fakes;

internal static class Samples
{
    internal static Container Container(
        string id, string name = "app", ContainerState state = ContainerState.ContainerRunning, int minutesOld = 5) =>
            new()
        {
            Id = id,
            PodSandboxId = "podpodpodpodpodpod",
            Metadata = new ContainerMetadata { Name = name, Attempt = 2 },
            Image = new ImageSpec { Image = "sha256:0123456789abcdef0123" },
            State = state,
            CreatedAt = FixedClock.NanosBefore(TimeSpan.FromMinutes(minutesOld)),
            Labels =
        {
            ["io.kubernetes.pod.name"] = "web-1", ["io.kubernetes.pod.namespace"] = "shop",
        },
        };

    internal static PodSandbox Pod(
        string id, string name = "web-1", PodSandboxState state = PodSandboxState.SandboxReady, int minutesOld = 5) =>
            new()
        {
            Id = id,
            Metadata = new PodSandboxMetadata { Name = name, Namespace = "shop", Uid = "u", Attempt = 1 },
            State = state,
            CreatedAt = FixedClock.NanosBefore(TimeSpan.FromMinutes(minutesOld)),
        };

    internal static PodSandboxStats PodStats(string id, long nanos, ulong cpu, ulong memory) => new()
    {
        Attributes = new PodSandboxAttributes { Id = id, Metadata = new PodSandboxMetadata { Name = "web-1" } },
        Linux = new LinuxPodSandboxStats
        {
            Cpu = new CpuUsage { Timestamp = nanos, UsageCoreNanoSeconds = new UInt64Value { Value = cpu } },
            Memory = new MemoryUsage { WorkingSetBytes = new UInt64Value { Value = memory } },
        },
    };

    internal static ContainerStats Stats(string id, long nanos, ulong cpu, ulong memory) => new()
    {
        Attributes = new ContainerAttributes { Id = id, Metadata = new ContainerMetadata { Name = "app" } },
        Cpu = new CpuUsage { Timestamp = nanos, UsageCoreNanoSeconds = new UInt64Value { Value = cpu } },
        Memory = new MemoryUsage { WorkingSetBytes = new UInt64Value { Value = memory } },
        WritableLayer = new FilesystemUsage
        {
            UsedBytes = new UInt64Value { Value = 20480 },
            InodesUsed = new UInt64Value { Value = 9 },
        },
    };
}
