using System.Text.Json.Serialization;

namespace Crisp.Cni.Capabilities;

/// <summary>A port of the node that leads to a port of the pod.</summary>
public sealed record PortMapping
{
    public required int HostPort { get; init; }

    public required int ContainerPort { get; init; }

    /// <summary>tcp, udp or sctp, in lower case.</summary>
    public required string Protocol { get; init; }

    /// <summary>The node's address to listen on; null: all of them.</summary>
    [JsonPropertyName("hostIP")]
    public string? HostIp { get; init; }
}
