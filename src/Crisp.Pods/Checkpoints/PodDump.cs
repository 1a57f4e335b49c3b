using System.Text.Json.Serialization;

namespace Crisp.Pods.Checkpoints;

/// <summary>pod.dump: what a directory that CheckpointPod wrote holds. Each container's archive is beside it.</summary>
internal sealed record PodDump
{
    internal const string FileName = "pod.dump";

    [JsonPropertyName("id")]
    public string Id { get; init; } = "";

    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("namespace")]
    public string Namespace { get; init; } = "";

    /// <summary>Container names; the archive of each is NAME.tar.</summary>
    [JsonPropertyName("containers")]
    public IReadOnlyList<string> Containers { get; init; } = [];

    internal static string ArchiveOf(string container) => container + ".tar";
}
