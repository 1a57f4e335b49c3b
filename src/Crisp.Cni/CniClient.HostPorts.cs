using Crisp.Cni.Capabilities;
using Crisp.Cni.Configuration;

namespace Crisp.Cni;

public sealed partial class CniClient
{
    private const string PortPlugin = "portmap";

    /// <summary>
    /// The network as a pod with these wishes joins it. cri-o maps host ports by itself, whatever the network, and the
    /// configurations it comes with have no plugin for them; so where none declares that it takes them, CNI's own
    /// plugin for them goes behind the others.
    /// </summary>
    public NetworkConfigurationList WithHostPorts(NetworkConfigurationList network, CapabilityArguments wishes)
    {
        var isNeeded = _options.MapsHostPorts && wishes.PortMappings.Count > 0 && network.Version.HasPreviousResult
            && !network.TakesHostPorts;
        return isNeeded && _plugin.Directories.Find(PortPlugin, out _) is not null
            ? network.WithPlugin($$"""{ "type": "{{PortPlugin}}", "capabilities": { "{{NetworkConfigurationList.PortMappings}}": true } }""")
            : network;
    }
}
