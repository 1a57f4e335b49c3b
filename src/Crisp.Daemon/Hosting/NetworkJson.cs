using System.Buffers;
using System.Text;
using System.Text.Json;
using Crisp.Cni;
using Crisp.Cni.Configuration;

namespace Crisp.Daemon.Hosting;

/// <summary>
/// The CNI network for Status(verbose), in containerd's shape, which crictl info shows as "cniconfig".
/// </summary>
internal static class NetworkJson
{
    public static string Render(CniOptions options, CniNetworks networks)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("PluginDirs");
            foreach (var directory in options.PluginDirectories)
                json.WriteStringValue(directory);
            json.WriteEndArray();
            json.WriteString("PluginConfDir", options.ConfDirectory);
            json.WriteStartArray("Networks");
            if (networks.Readiness.Ready)
                WriteNetwork(json, networks.Current());
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteNetwork(Utf8JsonWriter json, NetworkConfigurationList network)
    {
        json.WriteStartObject();
        json.WriteStartObject("Config");
        json.WriteString("Name", network.Name);
        json.WriteStartArray("Plugins");
        foreach (var plugin in network.Plugins)
        {
            json.WriteStartObject();
            json.WriteStartObject("Network");
            json.WriteString("type", plugin.Type);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
