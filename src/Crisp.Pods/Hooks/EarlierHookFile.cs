using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crisp.Pods.Hooks;

/// <summary>
/// A file of an OCI hooks directory in its first schema, 0.1.0, which many say without a version: one condition that
/// holds is enough. Three of its members have two names each.
/// </summary>
internal sealed record EarlierHookFile
{
    public string? Version { get; init; }

    /// <summary>The program.</summary>
    public string? Hook { get; init; }

    /// <summary>Without the program's name, which goes before them.</summary>
    public IReadOnlyList<string>? Arguments { get; init; }

    public IReadOnlyList<string>? Stages { get; init; }

    public IReadOnlyList<string>? Stage { get; init; }

    /// <summary>Regular expressions of programs.</summary>
    public IReadOnlyList<string>? Cmds { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Regular expressions of annotations' values.</summary>
    public IReadOnlyList<string>? Annotations { get; init; }

    public IReadOnlyList<string>? Annotation { get; init; }

    [JsonPropertyName("hasbindmounts")]
    public bool? HasBindMounts { get; init; }

    /// <exception cref="JsonException">It is not of the schema.</exception>
    internal static EarlierHookFile? Parse(ReadOnlySpan<byte> content) =>
        JsonSerializer.Deserialize(content, HookJson.Default.EarlierHookFile);
}
