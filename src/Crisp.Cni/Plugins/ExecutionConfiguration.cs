using System.Buffers;
using System.Text.Json;
using Crisp.Cni.Capabilities;
using Crisp.Cni.Configuration;
using Crisp.Cni.Results;

namespace Crisp.Cni.Plugins;

/// <summary>
/// What a plugin reads from its standard input (SPEC.md, section 4): its own configuration, which is ready, and the
/// few keys that a call adds.
/// </summary>
internal static class ExecutionConfiguration
{
    internal static ReadOnlyMemory<byte> Build(
        PluginConfiguration plugin, CapabilityArguments? capabilities = null, CniResult? previous = null)
    {
        var buffer = new ArrayBufferWriter<byte>(plugin.OpenObject.Length + 1024);
        buffer.Write(plugin.OpenObject.Span);
        if (capabilities is not null) CapabilityJson.Append(buffer, plugin.Capabilities, capabilities);
        if (previous is not null)
        {
            buffer.Write(",\"prevResult\":"u8);
            buffer.Write(previous.Json.Span);
        }

        buffer.Write("}"u8);
        return buffer.WrittenMemory;
    }

    /// <summary>GC: the attachments that are to stay ("cni.dev/valid-attachments", SPEC.md, section 2).</summary>
    internal static ReadOnlyMemory<byte> BuildForGc(PluginConfiguration plugin, IEnumerable<CniAttachment> valid)
    {
        var buffer = new ArrayBufferWriter<byte>(plugin.OpenObject.Length + 1024);
        buffer.Write(plugin.OpenObject.Span);
        buffer.Write(",\"cni.dev/valid-attachments\":"u8);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var attachment in valid)
            {
                writer.WriteStartObject();
                writer.WriteString("containerID", attachment.ContainerId);
                writer.WriteString("ifname", attachment.InterfaceName);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        buffer.Write("}"u8);
        return buffer.WrittenMemory;
    }
}
