using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Image;

/// <summary>Generated converters of the image specification; use them through <see cref="ImageSpecJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ImageConfig))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(ImageIndex))]
[JsonSerializable(typeof(ManifestProbe))]
[JsonSerializable(typeof(ImageLayout))]
public sealed partial class ImageSpecContext : JsonSerializerContext;
