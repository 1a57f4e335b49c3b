using Crisp.Cni.Configuration;

namespace Crisp.Cni.Tests;

/// <summary>Configuration lists that tests share.</summary>
internal static class Networks
{
    internal static NetworkConfigurationList Chain(string version = "1.0.0", string extra = "") => PluginNode.Network($$"""
        {
          "cniVersion": "{{version}}", "name": "chain", {{extra}}
          "plugins": [
            { "type": "first", "mtu": 1400 },
            { "type": "second", "capabilities": { "portMappings": true, "dns": false } },
            { "type": "third", "capabilities": { "bandwidth": true, "portMappings": true } }
          ]
        }
        """);

    internal static NetworkConfigurationList Single(string type = "only", string version = "1.0.0") =>
        PluginNode.Network(
            $$"""{ "cniVersion": "{{version}}", "name": "single", "plugins": [ { "type": "{{type}}" } ] }""");

    /// <summary>One plugin that takes its address from the real host-local.</summary>
    internal static NetworkConfigurationList WithHostLocal(string type, string dataDirectory) => PluginNode.Network($$"""
        {
          "cniVersion": "0.4.0", "name": "addresses",
          "plugins": [ {
            "type": "{{type}}",
            "ipam": { "type": "host-local", "dataDir": "{{dataDirectory}}", "ranges": [[{ "subnet": "10.213.7.0/24" }]] }
          } ]
        }
        """);
}
