using System.Text.Json.Serialization;

namespace Crisp.Pods.Checkpoints;

/// <summary>config.dump, as checkpointctl's library writes and reads it.</summary>
internal sealed record ConfigDump
{
    [JsonPropertyName("id")]
    public string Id { get; init; } = "";

    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary>The image's name as the user wrote it.</summary>
    [JsonPropertyName("rootfsImage")]
    public string Image { get; init; } = "";

    /// <summary>The image's ID.</summary>
    [JsonPropertyName("rootfsImageRef")]
    public string ImageId { get; init; } = "";

    /// <summary>A name by which the image can be pulled again, with its digest.</summary>
    [JsonPropertyName("rootfsImageName")]
    public string ImageName { get; init; } = "";

    [JsonPropertyName("runtime")]
    public string Runtime { get; init; } = "";

    [JsonPropertyName("createdTime")]
    public DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("checkpointedTime")]
    public DateTimeOffset CheckpointedAt { get; init; }

    [JsonPropertyName("restored")]
    public bool Restored { get; init; }
}
