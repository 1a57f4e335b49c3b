using System.Text.Json.Serialization;

namespace Crisp.Streaming.RemoteCommand;

/// <summary>What is used of Kubernetes' metav1.Status.</summary>
public sealed record StatusMessage
{
    public StatusMetadata Metadata { get; init; } = new();

    /// <summary>Success or Failure.</summary>
    public required string Status { get; init; }

    public string? Message { get; init; }

    public string? Reason { get; init; }

    public StatusDetails? Details { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Code { get; init; }
}
