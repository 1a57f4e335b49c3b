namespace Crisp.Streaming;

/// <summary>Connections into a pod.</summary>
public sealed record PortForwardRequest : StreamRequest
{
    public required string PodId { get; init; }

    /// <summary>Only clients of the WebSocket channels need them; SPDY streams say theirs.</summary>
    public IReadOnlyList<ushort> Ports { get; init; } = [];

    internal override string Verb => "portforward";
}
