using System.Text.Json.Serialization;

namespace Crisp.Pods.Hooks;

/// <summary>Unknown members are an error, as in the program that defines the format: a condition misspelt is one ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(HookFile))]
internal sealed partial class HookJson : JsonSerializerContext;
