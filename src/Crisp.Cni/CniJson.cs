using System.Text.Json.Serialization;
using Crisp.Cni.Capabilities;

namespace Crisp.Cni;

/// <summary>The JSON of capability arguments and of the stored attachment.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AttachmentDocument))]
[JsonSerializable(typeof(IEnumerable<PortMapping>))]
[JsonSerializable(typeof(IReadOnlyList<IReadOnlyList<IpRange>>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(CniDns))]
[JsonSerializable(typeof(BandwidthLimits))]
internal sealed partial class CniJson : JsonSerializerContext;
