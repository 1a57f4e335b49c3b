using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Runtime;

/// <summary>Limits of the cgroup (config-linux.md#control-groups).</summary>
public sealed record Resources
{
    public IReadOnlyList<DeviceRule>? Devices { get; init; }

    public MemoryResources? Memory { get; init; }

    public CpuResources? Cpu { get; init; }

    public PidsResources? Pids { get; init; }

    [JsonPropertyName("blockIO")]
    public BlockIoResources? BlockIo { get; init; }

    public IReadOnlyList<HugepageLimit>? HugepageLimits { get; init; }

    public NetworkResources? Network { get; init; }

    /// <summary>By device name.</summary>
    public IReadOnlyDictionary<string, RdmaLimit>? Rdma { get; init; }

    /// <summary>Files of cgroup v2 and what to write there.</summary>
    public IReadOnlyDictionary<string, string>? Unified { get; init; }
}
