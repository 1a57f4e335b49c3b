using System.Text.Json.Nodes;

namespace Crisp.Testing;

/// <summary>
/// What carries a node's prefix on this machine. After its pods are removed nothing may; before a run, what an earlier
/// one that was killed left there is cleared away.
/// </summary>
public static class Leftovers
{
    /// <summary>
    /// One line for each thing that is still there; the bridge, which the plugin keeps, is no leftover.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindAsync(NodeSlot slot, int daemon)
    {
        List<string> found = [];
        found.AddRange(SlotProcesses.Find(slot).Where(id => id != daemon)
            .Select(id => $"process {id}: {SlotProcesses.CommandLine(id)}"));
        found.AddRange(
            Mounts(slot).Where(mount => mount != $"{slot.Directory}/node/lib").Select(mount => $"mount {mount}"));
        found.AddRange(SlotCgroups.OfContainers(slot).Select(cgroup => $"cgroup {cgroup}"));
        found.AddRange((await BridgePortsAsync(slot)).Select(port => $"network interface {port}"));
        found.AddRange((await FirewallRulesAsync(slot)).Select(rule => $"firewall rule {rule}"));
        found.AddRange(new NodeNetwork(slot).Leases().Select(lease => $"address lease {lease}"));
        found.AddRange(Records(slot).Select(path => $"file {path}"));
        return found;
    }

    public static async Task ClearAsync(NodeSlot slot)
    {
        await Eventually.BecomesTrueAsync($"no process of {slot.Prefix}", () =>
        {
            var processes = SlotProcesses.Find(slot).ToList();
            processes.ForEach(SlotProcesses.Kill);
            return processes.Count == 0;
        });
        foreach (var mount in Mounts(slot).Reverse())
            await Command.OutputAsync("umount", "-l", mount);
        await SlotCgroups.RemoveAsync(slot);
        await ClearNetworkAsync(slot);
        if (Directory.Exists($"{slot.Directory}/node"))
            Directory.Delete($"{slot.Directory}/node", recursive: true);
    }

    private static IEnumerable<string> Mounts(NodeSlot slot) =>
        File.ReadAllLines("/proc/self/mountinfo")
            .Select(line => line.Split(' ')[4])
            .Where(mount => mount.StartsWith($"{slot.Directory}/", StringComparison.Ordinal));

    private static async Task<IEnumerable<string>> BridgePortsAsync(NodeSlot slot)
    {
        if (!Directory.Exists($"/sys/class/net/{slot.Bridge}"))
            return [];
        var links = await Command.OutputAsync("ip", "-json", "link", "show", "master", slot.Bridge);
        return JsonNode.Parse(links)!.AsArray()
            .Select(link => (string?)link!["ifname"]).OfType<string>().ToList();
    }

    /// <summary>The plugins mark each pod's rules with the network's name.</summary>
    private static async Task<IEnumerable<string>> FirewallRulesAsync(NodeSlot slot)
    {
        var rules = await Command.OutputAsync("iptables-save", "-t", "nat")
            + await Command.OutputAsync("ip6tables-save", "-t", "nat");
        return rules.Split('\n').Where(rule => rule.Contains(slot.NetworkName, StringComparison.Ordinal));
    }

    /// <summary>
    /// Records of pods and containers, pinned namespaces, sockets of monitors, state of the OCI runtimes.
    /// </summary>
    private static IEnumerable<string> Records(NodeSlot slot)
    {
        var node = $"{slot.Directory}/node";
        string[] directories =
        [
            "lib/pods", "lib/containers", "netns", "run/ns", "run/m", "run/containers", "run/pods", "run/crun",
            "run/runc",
        ];
        return directories.Select(directory => Path.Combine(node, directory))
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFileSystemEntries);
    }

    private static async Task ClearNetworkAsync(NodeSlot slot)
    {
        foreach (var port in await BridgePortsAsync(slot))
            await Command.RunAsync("ip", "link", "delete", port);
        await Command.RunAsync("ip", "link", "delete", slot.Bridge);
        foreach (var program in new[] { "iptables", "ip6tables" })
        {
            var rules = await Command.OutputAsync($"{program}-save", "-t", "nat");
            foreach (var rule in rules.Split('\n').Where(rule =>
                         rule.StartsWith("-A ", StringComparison.Ordinal)
                         && rule.Contains(slot.NetworkName, StringComparison.Ordinal)))
                await Command.RunAsync("sh", "-c", $"{program} -w -t nat -D {rule[3..]}");
        }
    }
}
