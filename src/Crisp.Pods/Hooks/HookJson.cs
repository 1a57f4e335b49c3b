using System.Text.Json.Serialization;

namespace Crisp.Pods.Hooks;

/// <summary>
/// Unknown members are an error, as in the program that defines the format: a condition misspelt is one ignored. As
/// there, capitals make no difference.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(HookFile))]
[JsonSerializable(typeof(EarlierHookFile))]
internal sealed partial class HookJson : JsonSerializerContext;
