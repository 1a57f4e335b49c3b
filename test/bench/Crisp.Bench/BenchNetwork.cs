namespace Crisp.Bench;

/// <summary>One CNI configuration for every peer: bridge with masquerade, host-local, portmap.</summary>
public static class BenchNetwork
{
    public static async Task<string> ConfigureAsync(string directory)
    {
        var configurations = Directory.CreateDirectory(Path.Combine(directory, "net.d")).FullName;
        await File.WriteAllTextAsync(Path.Combine(configurations, "10-crispbench.conflist"), $$"""
            {
              "cniVersion": "1.0.0",
              "name": "crispbench",
              "plugins": [
                {
                  "type": "bridge", "bridge": "crispbench0", "isGateway": true, "ipMasq": true, "hairpinMode": true,
                  "ipam": {
                    "type": "host-local", "dataDir": "{{directory}}/leases",
                    "ranges": [[{"subnet": "10.199.0.0/16"}]], "routes": [{"dst": "0.0.0.0/0"}]
                  }
                },
                {"type": "portmap", "capabilities": {"portMappings": true}, "snat": true}
              ]
            }
            """);
        return configurations;
    }
}
