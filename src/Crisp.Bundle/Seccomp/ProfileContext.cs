using System.Text.Json.Serialization;

namespace Crisp.Bundle.Seccomp;

/// <summary>The file's JSON. Go's reader, for which these files are written, looks at no case in names.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ProfileDocument))]
internal sealed partial class ProfileContext : JsonSerializerContext;
