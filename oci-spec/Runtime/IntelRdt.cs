using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Runtime;

/// <summary>Cache and memory bandwidth allocation (config-linux.md#intelrdt).</summary>
public sealed record IntelRdt
{
    [JsonPropertyName("closID")]
    public string? ClosId { get; init; }

    /// <summary>Lines of the schemata file (1.3).</summary>
    public IReadOnlyList<string>? Schemata { get; init; }

    [JsonPropertyName("l3CacheSchema")]
    public string? L3CacheSchema { get; init; }

    public string? MemBwSchema { get; init; }

    /// <summary>1.3.</summary>
    public bool? EnableMonitoring { get; init; }

    /// <summary>1.1 and 1.2.</summary>
    [JsonPropertyName("enableCMT")]
    public bool? EnableCmt { get; init; }

    /// <summary>1.1 and 1.2.</summary>
    [JsonPropertyName("enableMBM")]
    public bool? EnableMbm { get; init; }
}
