using Crisp.Cni.Capabilities;
using Runtime.V1;

namespace Crisp.Pods.Sandbox;

/// <summary>What a pod asks of its network, in the words of CNI's conventions.</summary>
internal static class NetworkCapabilities
{
    private const string IngressAnnotation = "kubernetes.io/ingress-bandwidth";
    private const string EgressAnnotation = "kubernetes.io/egress-bandwidth";

    internal static CapabilityArguments Of(PodSandboxConfig config) => new()
    {
        PortMappings = [.. config.PortMappings.Where(port => port.HostPort > 0).Select(Mapping)],
        Dns = config.DnsConfig is { } dns
            ? new CniDns { Servers = [.. dns.Servers], Searches = [.. dns.Searches], Options = [.. dns.Options] }
            : null,
        Bandwidth = Bandwidth(config),
    };

    private static Cni.Capabilities.PortMapping Mapping(global::Runtime.V1.PortMapping port) => new()
    {
        HostPort = port.HostPort,
        ContainerPort = port.ContainerPort,
        Protocol = port.Protocol.ToString().ToLowerInvariant(),
        HostIp = port.HostIp.Length > 0 ? port.HostIp : null,
    };

    private static BandwidthLimits? Bandwidth(PodSandboxConfig config)
    {
        var ingress = Rate(config, IngressAnnotation);
        var egress = Rate(config, EgressAnnotation);
        return ingress == 0 && egress == 0 ? null : new BandwidthLimits { IngressRate = ingress, EgressRate = egress };
    }

    private static long Rate(PodSandboxConfig config, string annotation) =>
        config.Annotations.TryGetValue(annotation, out var text) ? Quantity.Parse(annotation, text) : 0;
}
