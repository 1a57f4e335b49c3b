using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// The configuration for Status(verbose), in cri-o's shape: the tables under "crio", and "sandboxImage", which kubeadm
/// and crictl read; empty, since pods need no image.
/// </summary>
internal static class ConfigurationJson
{
    public static string Render(CrispConfiguration configuration)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sandboxImage", "");
            json.WriteStartObject("crio");
            foreach (var table in ConfigurationKeys.All.GroupBy(k => k.Table))
            {
                json.WriteStartObject(table.Key);
                foreach (var key in table)
                    WriteValue(json, key.Name, key.Show(configuration));
                json.WriteEndObject();
            }
            WriteHandlers(json, configuration);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteHandlers(Utf8JsonWriter json, CrispConfiguration configuration)
    {
        json.WriteStartObject(HandlerKeys.TablePrefix);
        foreach (var (name, handler) in configuration.Handlers)
        {
            json.WriteStartObject(name);
            foreach (var key in HandlerKeys.All)
                WriteValue(json, key.Name, key.Show(handler));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>What <see cref="Crisp.Toml.TomlText"/> writes (basic strings, integers, arrays) is JSON too.</summary>
    private static void WriteValue(Utf8JsonWriter json, string name, string toml)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(toml);
    }
}
