using System.Text.Json;

namespace Crisp.OciSpec.Image;

/// <summary>Only what tells a manifest from an index and from schema 1, read before either is believed.</summary>
public sealed record ManifestProbe
{
    public int SchemaVersion { get; init; }

    public string? MediaType { get; init; }

    public JsonElement? Config { get; init; }

    public JsonElement? Layers { get; init; }

    public JsonElement? Manifests { get; init; }

    /// <summary>Only schema 1 has it.</summary>
    public JsonElement? FsLayers { get; init; }
}
