using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Image;

/// <summary>The defaults for containers of the image: the object "config" (image-spec config.md#properties).</summary>
public sealed record ImageConfigProcess
{
    /// <summary>user, uid, user:group, uid:gid, …; empty is root.</summary>
    [JsonPropertyName("User")]
    public string? User { get; init; }

    /// <summary>Keys are PORT, PORT/tcp or PORT/udp.</summary>
    [JsonPropertyName("ExposedPorts")]
    public IReadOnlyDictionary<string, EmptyObject?>? ExposedPorts { get; init; }

    /// <summary>KEY=VALUE.</summary>
    [JsonPropertyName("Env")]
    public IReadOnlyList<string>? Env { get; init; }

    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string>? Entrypoint { get; init; }

    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Keys are paths inside the container, as the image spells them: not to be trusted.</summary>
    [JsonPropertyName("Volumes")]
    public IReadOnlyDictionary<string, EmptyObject?>? Volumes { get; init; }

    [JsonPropertyName("WorkingDir")]
    public string? WorkingDir { get; init; }

    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>SIGX or a number.</summary>
    [JsonPropertyName("StopSignal")]
    public string? StopSignal { get; init; }

    /// <summary>Docker's shell form on Windows; kept so that a rewritten document loses nothing.</summary>
    [JsonPropertyName("ArgsEscaped")]
    public bool? ArgsEscaped { get; init; }
}
