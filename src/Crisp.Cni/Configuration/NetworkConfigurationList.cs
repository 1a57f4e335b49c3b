using System.Buffers;
using System.Text.Json;

namespace Crisp.Cni.Configuration;

/// <summary>
/// A network configuration list (SPEC.md, section 1), parsed once and never changed; a single plugin's configuration
/// is a list of one.
/// </summary>
public sealed record NetworkConfigurationList
{
    /// <summary>The capability of that name (CONVENTIONS.md).</summary>
    internal const string PortMappings = "portMappings";

    public required string Name { get; init; }

    /// <summary>The highest version of cniVersion and cniVersions that crisp speaks.</summary>
    public required CniVersion Version { get; init; }

    /// <summary>The administrator forbids CHECK.</summary>
    public bool DisableCheck { get; init; }

    /// <summary>The administrator forbids GC, as when several runtimes share the network.</summary>
    public bool DisableGc { get; init; }

    public required IReadOnlyList<PluginConfiguration> Plugins { get; init; }

    /// <summary>The whole list as JSON, also when the file held a single plugin.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>A plugin of the network leads host ports to pods.</summary>
    public bool TakesHostPorts => Plugins.Any(plugin => plugin.Capabilities.Contains(PortMappings));

    /// <summary>The same with one more plugin at its end.</summary>
    internal NetworkConfigurationList WithPlugin(string plugin)
    {
        using var document = JsonDocument.Parse(Json);
        using var added = JsonDocument.Parse(plugin);
        var list = new ArrayBufferWriter<byte>(Json.Length + plugin.Length);
        using (var writer = new Utf8JsonWriter(list))
        {
            writer.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject().Where(p => p.Name != "plugins"))
                property.WriteTo(writer);
            writer.WriteStartArray("plugins");
            foreach (var element in document.RootElement.GetProperty("plugins").EnumerateArray())
                element.WriteTo(writer);
            added.RootElement.WriteTo(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return ConfigurationParser.ParseList(list.WrittenMemory);
    }

    /// <exception cref="FormatException">The text is not a usable list; the message says why.</exception>
    public static NetworkConfigurationList Parse(ReadOnlyMemory<byte> json) => ConfigurationParser.ParseList(json);
}
