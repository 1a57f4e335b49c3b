using Crisp.Cni.Capabilities;
using Crisp.Pods.Sandbox;
using Runtime.V1;

namespace Crisp.Pods.Tests.Sandbox;

public sealed class NetworkCapabilitiesTests
{
    [Test]
    public void Of_PortsWithAHostPort_AreMapped()
    {
        var config = new PodSandboxConfig();
        config.PortMappings.Add(new Runtime.V1.PortMapping
        {
            ContainerPort = 53,
            HostPort = 5353,
            Protocol = Protocol.Udp,
            HostIp = "127.0.0.1"
        });
        config.PortMappings.Add(new Runtime.V1.PortMapping { ContainerPort = 80 });
        Assert.That(NetworkCapabilities.Of(config).PortMappings, Is.EqualTo((Cni.Capabilities.PortMapping[])
        [
            new() { HostPort = 5353, ContainerPort = 53, Protocol = "udp", HostIp = "127.0.0.1" },
        ]));
    }

    [Test]
    public void Of_BandwidthAnnotations_AreRates()
    {
        var config = new PodSandboxConfig { Annotations = { ["kubernetes.io/egress-bandwidth"] = "10M" } };
        Assert.That(
            NetworkCapabilities.Of(config).Bandwidth, Is.EqualTo(new BandwidthLimits { EgressRate = 10_000_000 }));
    }

    [Test]
    public void Of_Nothing_IsNothing()
    {
        var arguments = NetworkCapabilities.Of(new PodSandboxConfig());
        Assert.That((arguments.PortMappings.Count, arguments.Dns, arguments.Bandwidth),
            Is.EqualTo((0, (CniDns?)null, (BandwidthLimits?)null)));
    }
}
