using System.Text.Json.Nodes;

namespace Crisp.Testing.Images;

/// <summary>
/// What an image asks of the containers made from it; the names are those of the image specification.
/// </summary>
public sealed record TestImageConfig
{
    public string? User { get; init; }

    public IReadOnlyList<string> Env { get; init; } = ["PATH=/bin:/usr/bin"];

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    public string? WorkingDir { get; init; }

    public string? StopSignal { get; init; }

    public IReadOnlyList<string> Volumes { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public JsonObject ToJson()
    {
        var config = new JsonObject { [nameof(Env)] = ArrayOf(Env) };
        if (User is not null)
            config[nameof(User)] = User;
        if (Entrypoint is not null)
            config[nameof(Entrypoint)] = ArrayOf(Entrypoint);
        if (Cmd is not null)
            config[nameof(Cmd)] = ArrayOf(Cmd);
        if (WorkingDir is not null)
            config[nameof(WorkingDir)] = WorkingDir;
        if (StopSignal is not null)
            config[nameof(StopSignal)] = StopSignal;
        if (Volumes.Count > 0)
            config[nameof(Volumes)] = new JsonObject(
                Volumes.Select(volume => KeyValuePair.Create(volume, (JsonNode?)new JsonObject())));
        if (Labels.Count > 0)
            config[nameof(Labels)] = new JsonObject(
                Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
        return config;
    }

    private static JsonArray ArrayOf(IEnumerable<string> values) => [.. values.Select(value => (JsonNode?)value)];
}
