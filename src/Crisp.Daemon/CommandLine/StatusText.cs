using System.Text.Json.Nodes;

namespace Crisp.Daemon.CommandLine;

/// <summary>What the inspect endpoints answer, for people, in the form of cri-o's.</summary>
internal sealed class StatusText(TextWriter output)
{
    public void WriteNode(JsonNode? node)
    {
        output.WriteLine($"cgroup driver: {node?["cgroup_driver"]}");
        output.WriteLine($"storage driver: {node?["storage_driver"]}");
        output.WriteLine($"storage root: {node?["storage_root"]}");
        foreach (var (kind, title) in (ReadOnlySpan<(string, string)>)[("gids", "GID"), ("uids", "UID")])
        {
            output.WriteLine($"default {title} mappings (format <container>:<host>:<size>):");
            foreach (var range in node?["default_id_mappings"]?[kind]?.AsArray() ?? [])
                output.WriteLine($"  {range?["container_id"]}:{range?["host_id"]}:{range?["size"]}");
        }
    }

    public void WriteContainer(JsonNode? container)
    {
        foreach (var name in (ReadOnlySpan<string>)["name", "pid", "image", "image_ref"])
            output.WriteLine($"{name.Replace('_', ' ')}: {container?[name]}");
        var created = DateTimeOffset.UnixEpoch.AddTicks((container?["created_time"]?.GetValue<long>() ?? 0) / 100);
        output.WriteLine($"created: {created:O}");
        foreach (var name in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            output.WriteLine($"{name}:");
            foreach (var (key, value) in container?[name]?.AsObject() ?? [])
                output.WriteLine($"  {key}: {value}");
        }
        foreach (var name in (ReadOnlySpan<string>)["log_path", "root", "sandbox"])
            output.WriteLine($"{name.Replace('_', ' ')}: {container?[name]}");
        var addresses = container?["ip_addresses"]?.AsArray().Select(address => $"{address}") ?? [];
        output.WriteLine($"ips: {string.Join(", ", addresses)}");
    }
}
