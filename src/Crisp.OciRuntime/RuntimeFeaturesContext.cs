using System.Text.Json.Serialization;

namespace Crisp.OciRuntime;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RuntimeFeatures))]
internal sealed partial class RuntimeFeaturesContext : JsonSerializerContext;
