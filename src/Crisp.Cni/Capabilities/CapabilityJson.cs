using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crisp.Cni.Capabilities;

/// <summary>The runtimeConfig of a plugin: of the pod's arguments those that its configuration declares.</summary>
internal static class CapabilityJson
{
    /// <summary>
    /// Appends ",\"runtimeConfig\":{…}" to an open JSON object, or nothing if the plugin wants nothing.
    /// </summary>
    internal static void Append(
        IBufferWriter<byte> buffer, IReadOnlySet<string> declared, CapabilityArguments arguments)
    {
        if (declared.Count == 0) return;
        var values = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(values))
        {
            writer.WriteStartObject();
            WriteValues(writer, declared, arguments);
            writer.WriteEndObject();
        }

        if (values.WrittenCount <= "{}".Length) return;
        buffer.Write(",\"runtimeConfig\":"u8);
        buffer.Write(values.WrittenSpan);
    }

    private static void WriteValues(Utf8JsonWriter writer, IReadOnlySet<string> declared, CapabilityArguments arguments)
    {
        // Kubernetes sends every declared port; only those with a host port are mappings to CNI.
        PortMapping[] mappings = [.. arguments.PortMappings.Where(mapping => mapping.HostPort > 0)];
        if (declared.Contains("portMappings") && mappings.Length > 0)
            Write(writer, "portMappings", mappings, CniJson.Default.IEnumerablePortMapping);
        if (declared.Contains("ipRanges") && arguments.IpRanges.Count > 0)
            Write(writer, "ipRanges", arguments.IpRanges, CniJson.Default.IReadOnlyListIReadOnlyListIpRange);
        if (declared.Contains("dns") && arguments.Dns is { } dns)
            Write(writer, "dns", dns, CniJson.Default.CniDns);
        if (declared.Contains("bandwidth") && arguments.Bandwidth is { } bandwidth)
            Write(writer, "bandwidth", bandwidth.WithBursts(), CniJson.Default.BandwidthLimits);
        if (declared.Contains("aliases") && arguments.Aliases.Count > 0)
            Write(writer, "aliases", arguments.Aliases, CniJson.Default.IReadOnlyListString);
        if (declared.Contains("mac") && arguments.Mac is { Length: > 0 } mac)
            writer.WriteString("mac", mac);
        if (declared.Contains("ips") && arguments.Ips.Count > 0)
            Write(writer, "ips", arguments.Ips, CniJson.Default.IReadOnlyListString);
    }

    private static void Write<T>(Utf8JsonWriter writer, string key, T value, JsonTypeInfo<T> type)
    {
        writer.WritePropertyName(key);
        JsonSerializer.Serialize(writer, value, type);
    }
}
