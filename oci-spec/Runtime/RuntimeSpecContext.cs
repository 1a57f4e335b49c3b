using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Runtime;

/// <summary>
/// Generated converters of the runtime specification; use them through <see cref="RuntimeSpecJson"/>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Spec))]
[JsonSerializable(typeof(Process))]
[JsonSerializable(typeof(Resources))]
[JsonSerializable(typeof(Seccomp))]
[JsonSerializable(typeof(State))]
public sealed partial class RuntimeSpecContext : JsonSerializerContext;
