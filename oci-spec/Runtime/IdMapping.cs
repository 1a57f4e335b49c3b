using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Runtime;

/// <summary>A range of container IDs and where it lies on the host.</summary>
public sealed record IdMapping
{
    [JsonPropertyName("containerID")]
    public required uint ContainerId { get; init; }

    [JsonPropertyName("hostID")]
    public required uint HostId { get; init; }

    public required uint Size { get; init; }
}
