using System.Buffers;
using System.Text;
using System.Text.Json;
using Crisp.Bundle;
using Crisp.Daemon.Configuration;
using Crisp.Daemon.Hosting;

namespace Crisp.Daemon.Inspection;

/// <summary>GET /info: how containers are stored and grouped on this node, in cri-o's words.</summary>
internal static class NodeDocument
{
    /// <summary>Every ID there is (user_namespaces(7)).</summary>
    private const uint AllIds = uint.MaxValue;

    public static string Render(CrispConfiguration configuration)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("storage_driver", "overlay");
            json.WriteString("storage_image", "");
            json.WriteString("storage_root", StorageRoot(configuration));
            json.WriteString("cgroup_driver",
                CgroupManager.Choose(configuration.Runtime.CgroupManager) == CgroupDriver.Systemd
                    ? "systemd"
                    : "cgroupfs");
            json.WriteStartObject("default_id_mappings");
            foreach (var kind in (string[])["uids", "gids"])
            {
                json.WriteStartArray(kind);
                json.WriteStartObject();
                json.WriteNumber("container_id", 0);
                json.WriteNumber("host_id", 0);
                json.WriteNumber("size", AllIds);
                json.WriteEndObject();
                json.WriteEndArray();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string StorageRoot(CrispConfiguration configuration) =>
        configuration.StorageRoot is { Length: > 0 } root ? root : configuration.House.Root;
}
