using System.Text.Json;
using Crisp.Cni.Capabilities;
using Crisp.Cni.Configuration;

namespace Crisp.Cni.Tests;

public class CniClientHostPortTests
{
    private static readonly CapabilityArguments Port = new()
    {
        PortMappings = [new PortMapping { HostPort = 80, ContainerPort = 8080, Protocol = "tcp" }],
    };

    private PluginNode _node = null!; // made before each test

    [SetUp]
    public void SetUp() => _node = new PluginNode();

    [TearDown]
    public void TearDown() => _node.Dispose();

    [Test]
    public void Network_ThatTakesNoPorts_GetsThePortmapPlugin()
    {
        InstallPortmap();
        var network = _node.Client.WithHostPorts(Networks.Single(), Port);
        Assert.That(network.Plugins.Select(plugin => plugin.Type), Is.EqualTo(new[] { "only", "portmap" }));
        Assert.That(network.Plugins[1].Capabilities, Is.EquivalentTo(new[] { "portMappings" }));

        using var stored = JsonDocument.Parse(network.Json);
        Assert.That(stored.RootElement.GetProperty("name").GetString(), Is.EqualTo("single"));
        Assert.That(stored.RootElement.GetProperty("plugins").GetArrayLength(), Is.EqualTo(2), "DEL needs it, too");
    }

    [Test]
    public void Network_StaysAsItIs_WhereNothingIsToAdd()
    {
        Assert.That(Count(_node.Client, Networks.Single(), Port), Is.EqualTo(1), "there is no such plugin");
        InstallPortmap();
        var unwanted = new CniClient(_node.Options with { MapsHostPorts = false }, _node.Runner);
        Assert.Multiple(() =>
        {
            Assert.That(Count(_node.Client, Networks.Single(), CapabilityArguments.None), Is.EqualTo(1));
            Assert.That(Count(_node.Client, Networks.Single(version: "0.2.0"), Port), Is.EqualTo(1), "no results yet");
            Assert.That(Count(_node.Client, Networks.Chain(), Port), Is.EqualTo(3), "it has plugins for them");
            Assert.That(Count(unwanted, Networks.Single(), Port), Is.EqualTo(1));
        });
    }

    private static int Count(CniClient client, NetworkConfigurationList network, CapabilityArguments wishes) =>
        client.WithHostPorts(network, wishes).Plugins.Count;

    private void InstallPortmap()
    {
        var path = Path.Combine(_node.PluginDirectory, "portmap");
        File.WriteAllText(path, "#!/bin/sh\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
