namespace Crisp.Testing;

/// <summary>
/// The CNI side of a node: its configuration directory, a plugin directory of its own for doubles, and the pod
/// network on Debian's real plugins.
/// </summary>
public sealed class NodeNetwork(NodeSlot slot)
{
    public string ConfigurationDirectory { get; } = Path.Combine(slot.Directory, "node", "cni", "net.d");

    /// <summary>Searched before /usr/lib/cni; empty unless a test puts a double there.</summary>
    public string PluginDirectory { get; } = Path.Combine(slot.Directory, "node", "cni", "bin");

    /// <summary>host-local's leases: one file per address in use, in a directory per network.</summary>
    public string LeaseDirectory { get; } = Path.Combine(slot.Directory, "node", "cni", "leases");

    public string ConfigurationPath => Path.Combine(ConfigurationDirectory, $"10-{slot.NetworkName}.conflist");

    public Task ConfigureAsync()
    {
        Directory.CreateDirectory(ConfigurationDirectory);
        Directory.CreateDirectory(PluginDirectory);
        return WriteAsync(BridgeWithPorts($$"""[[{"subnet": "{{slot.Subnet4}}"}]]""", """[{"dst": "0.0.0.0/0"}]"""));
    }

    /// <summary>An IPv4 and an IPv6 address for each pod.</summary>
    public Task ConfigureDualStackAsync() => WriteAsync(BridgeWithPorts(
        $$"""[[{"subnet": "{{slot.Subnet4}}"}], [{"subnet": "{{slot.Subnet6}}"}]]""",
        """[{"dst": "0.0.0.0/0"}, {"dst": "::/0"}]"""));

    /// <summary>The network without a plugin for host ports.</summary>
    public Task ConfigureWithoutPortsAsync() => WriteAsync(List(
        Bridge($$"""[[{"subnet": "{{slot.Subnet4}}"}]]""", """[{"dst": "0.0.0.0/0"}]""")));

    /// <summary>Replaces the network's configuration in one step, as an administrator's tool would.</summary>
    public async Task WriteAsync(string configuration)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(ConfigurationDirectory)!, "next");
        await File.WriteAllTextAsync(temporary, configuration);
        File.Move(temporary, ConfigurationPath, overwrite: true);
    }

    public void Remove() => File.Delete(ConfigurationPath);

    /// <summary>A network whose one plugin is a shell script of the test's.</summary>
    public async Task UseDoubleAsync(string script)
    {
        var path = Path.Combine(PluginDirectory, "double");
        await File.WriteAllTextAsync(path, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(path, (UnixFileMode)0x1ed);
        await WriteAsync(
            $$"""{"cniVersion": "1.0.0", "name": "{{slot.NetworkName}}", "plugins": [{"type": "double"}]}""");
    }

    /// <summary>The addresses that are given out now.</summary>
    public IReadOnlyList<string> Leases()
    {
        var directory = Path.Combine(LeaseDirectory, slot.NetworkName);
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory).Select(Path.GetFileName)
                .Where(name => name != "lock" && !name!.StartsWith("last_reserved_ip", StringComparison.Ordinal))
                .Select(name => name!).Order(StringComparer.Ordinal).ToList()
            : [];
    }

    private string BridgeWithPorts(string ranges, string routes) => List(
        Bridge(ranges, routes), """{"type": "portmap", "capabilities": {"portMappings": true}, "snat": true}""");

    private string List(params string[] plugins) =>
        $$"""{"cniVersion": "1.0.0", "name": "{{slot.NetworkName}}", "plugins": [{{string.Join(", ", plugins)}}]}""";

    private string Bridge(string ranges, string routes) => $$"""
        {
          "type": "bridge", "bridge": "{{slot.Bridge}}", "isGateway": true, "ipMasq": true, "hairpinMode": true,
          "ipam": {
            "type": "host-local", "dataDir": "{{LeaseDirectory}}",
            "ranges": {{ranges}}, "routes": {{routes}}
          }
        }
        """;
}
