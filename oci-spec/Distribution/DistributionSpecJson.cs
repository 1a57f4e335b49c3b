using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Distribution;

/// <summary>JSON of the distribution specification.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RegistryErrors))]
[JsonSerializable(typeof(TokenResponse))]
public sealed partial class DistributionSpecJson : JsonSerializerContext;
