using System.Text.Json.Serialization;

namespace Crisp.Streaming.RemoteCommand;

/// <summary>JSON of the error stream.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusMessage))]
internal sealed partial class RemoteCommandJson : JsonSerializerContext;
