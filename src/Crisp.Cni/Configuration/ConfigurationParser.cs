using System.Buffers;
using System.Text.Json;

namespace Crisp.Cni.Configuration;

/// <summary>
/// Reads what administrators and network daemons put into the configuration directory (SPEC.md, section 1). As in
/// libcni, what crisp does not know in a plugin's object is the plugin's own and passed on unchanged.
/// </summary>
internal static class ConfigurationParser
{
    private const string VersionKey = "cniVersion";
    private const string NameKey = "name";

    /// <summary>A .conflist, or a stored attachment's list.</summary>
    internal static NetworkConfigurationList ParseList(ReadOnlyMemory<byte> json)
    {
        using var document = ParseDocument(json);
        var root = document.RootElement;
        if (!root.TryGetProperty("plugins", out var plugins) || plugins.ValueKind != JsonValueKind.Array)
            throw new FormatException("it has no \"plugins\": a single plugin's configuration belongs in a .conf file");
        if (plugins.GetArrayLength() == 0)
            throw new FormatException("its list of plugins is empty");

        var name = ReadName(root);
        var version = ReadVersion(root);
        return new NetworkConfigurationList
        {
            Name = name,
            Version = version,
            DisableCheck = ReadFlag(root, "disableCheck"),
            DisableGc = ReadFlag(root, "disableGC"),
            Plugins = [.. plugins.EnumerateArray().Select(plugin => ReadPlugin(plugin, name, version))],
            Json = json,
        };
    }

    /// <summary>A .conf or .json: one plugin, made into a list of one.</summary>
    internal static NetworkConfigurationList ParseSingle(ReadOnlyMemory<byte> json)
    {
        using var document = ParseDocument(json);
        var root = document.RootElement;
        if (!root.TryGetProperty("type", out _))
            throw new FormatException("it has no \"type\": a list of plugins belongs in a .conflist file");

        var list = new ArrayBufferWriter<byte>(json.Length + 128);
        using (var writer = new Utf8JsonWriter(list))
        {
            writer.WriteStartObject();
            writer.WriteString(VersionKey, ReadVersion(root).ToString());
            writer.WriteString(NameKey, ReadName(root));
            writer.WriteStartArray("plugins");
            root.WriteTo(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return ParseList(list.WrittenMemory);
    }

    private static JsonDocument ParseDocument(ReadOnlyMemory<byte> json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is not JSON: {e.Message}", e);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
        document.Dispose();
        throw new FormatException("it is not a JSON object");
    }

    private static string ReadName(JsonElement root)
    {
        var name = ReadString(root, NameKey) ?? throw new FormatException("it has no \"name\"");
        return CniNames.IsNetworkName(name)
            ? name
            : throw new FormatException($"the name \"{name}\" is not a network name ({CniNames.NetworkNameRule})");
    }

    private static CniVersion ReadVersion(JsonElement root)
    {
        var offered = new List<string>();
        if (ReadString(root, VersionKey) is { Length: > 0 } single) offered.Add(single);
        if (root.TryGetProperty("cniVersions", out var several))
            offered.AddRange(ReadStrings(several, "cniVersions"));

        // Without any version the specification's first one is meant.
        if (offered.Count == 0) return CniVersion.V010;
        CniVersion? highest = null;
        foreach (var text in offered)
            if (CniVersion.TryParse(text, out var version) && (highest is null || version > highest))
                highest = version;
        return highest ?? throw new FormatException(
            $"crisp speaks CNI {CniVersion.V010} to {CniVersion.V110}, it asks for {string.Join(", ", offered)}");
    }

    private static PluginConfiguration ReadPlugin(JsonElement plugin, string network, CniVersion version)
    {
        if (plugin.ValueKind != JsonValueKind.Object)
            throw new FormatException("an entry of \"plugins\" is not an object");
        var type = ReadString(plugin, "type") ?? throw new FormatException("a plugin has no \"type\"");
        if (!CniNames.IsPluginType(type))
            throw new FormatException($"the plugin type \"{type}\" is not a plain file name");

        return new PluginConfiguration
        {
            Type = type,
            Capabilities = ReadCapabilities(plugin),
            OpenObject = OpenObject(plugin, network, version),
        };
    }

    private static HashSet<string> ReadCapabilities(JsonElement plugin)
    {
        var declared = new HashSet<string>(StringComparer.Ordinal);
        if (!plugin.TryGetProperty("capabilities", out var capabilities)) return declared;
        if (capabilities.ValueKind != JsonValueKind.Object)
            throw new FormatException("a plugin's \"capabilities\" is not an object");
        foreach (var capability in capabilities.EnumerateObject())
            if (capability.Value.ValueKind == JsonValueKind.True)
                declared.Add(capability.Name);
        return declared;
    }

    /// <summary>
    /// "Deriving execution configuration" (SPEC.md, section 4), as far as it is the same for every call.
    /// </summary>
    private static byte[] OpenObject(JsonElement plugin, string network, CniVersion version)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(VersionKey, version.ToString());
            writer.WriteString(NameKey, network);
            foreach (var property in plugin.EnumerateObject())
                if (property.Name is not (VersionKey or NameKey or "runtimeConfig" or "prevResult"))
                    property.WriteTo(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan[..^1].ToArray();
    }

    private static string? ReadString(JsonElement owner, string key)
    {
        if (!owner.TryGetProperty(key, out var value)) return null;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw new FormatException($"\"{key}\" is not a string");
    }

    private static IEnumerable<string> ReadStrings(JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.Array) throw new FormatException($"\"{key}\" is not an array");
        foreach (var item in value.EnumerateArray())
            yield return item.ValueKind == JsonValueKind.String
                ? item.GetString() ?? ""
                : throw new FormatException($"\"{key}\" holds something that is not a string");
    }

    /// <summary>A boolean, or, as libcni lets it be, one in quotation marks.</summary>
    private static bool ReadFlag(JsonElement root, string key)
    {
        if (!root.TryGetProperty(key, out var value)) return false;
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
            _ => throw new FormatException($"\"{key}\" is neither true nor false"),
        };
    }
}
