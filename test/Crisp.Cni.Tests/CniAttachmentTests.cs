using System.Text;
using Crisp.Cni.Capabilities;
using Crisp.Cni.Results;
using Crisp.Errors;

namespace Crisp.Cni.Tests;

public sealed class CniAttachmentTests
{
    [Test]
    public void Serialize_EverythingSet_ComesBack()
    {
        var attachment = PluginNode.Attachment(Networks.Chain("1.1.0", "\"disableGC\": true,")) with
        {
            NetNsPath = "/run/netns/x",
            InterfaceName = "net1",
            Args = PodArguments.Create("ns", "näme", "uid", "id"),
            CapabilityArguments = new CapabilityArguments
            {
                PortMappings = [new PortMapping { HostPort = 1, ContainerPort = 2, Protocol = "udp", HostIp = "::1" }],
                IpRanges = [[new IpRange { Subnet = "10.0.0.0/8", Gateway = "10.0.0.1" }]],
                Dns = new CniDns { Servers = ["1.1.1.1"], Searches = ["a"], Options = ["ndots:5"] },
                Bandwidth = new BandwidthLimits { EgressRate = 5 },
                Aliases = ["web"],
                Mac = "c2:11:22:33:44:55",
                Ips = ["10.0.0.9/8"],
            },
            Result = ResultParser.Parse(
                """{"cniVersion":"1.1.0","ips":[{"address":"10.0.0.9/8"}],"more":{"x":[1,2]}}"""u8.ToArray()),
        };

        var copy = CniAttachment.Deserialize(attachment.Serialize());

        Assert.Multiple(() =>
        {
            Assert.That(copy.Serialize(), Is.EqualTo(attachment.Serialize()));
            Assert.That(copy.Network.Plugins, Has.Count.EqualTo(3));
            Assert.That(copy.Network.DisableGc);
            Assert.That(copy.Args["K8S_POD_NAME"], Is.EqualTo("näme"));
            Assert.That(copy.CapabilityArguments.PortMappings, Is.EqualTo(attachment.CapabilityArguments.PortMappings));
            Assert.That(copy.Result!.Ips[0].PrefixLength, Is.EqualTo(8));
            Assert.That(Encoding.UTF8.GetString(copy.Result.Json.Span), Does.Contain("\"more\":{\"x\":[1,2]}"));
        });
    }

    [Test]
    public void Deserialize_BeforeAdd_HasNoResult() =>
        Assert.That(CniAttachment.Deserialize(PluginNode.Attachment(Networks.Single()).Serialize()).Result, Is.Null);

    [Test]
    public void Deserialize_NewerSchema_IsRefusedWithASentence()
    {
        var text = Encoding.UTF8.GetString(PluginNode.Attachment(Networks.Single()).Serialize());
        var error = Assert.Throws<CrispException>(
            () => CniAttachment.Deserialize(Encoding.UTF8.GetBytes(text.Replace("\"schema\":1", "\"schema\":2"))))!;
        Assert.That(error.Kind, Is.EqualTo(ErrorKind.DataLoss));
        Assert.That(error.Message, Does.Contain("schema 2, written by a newer crisp"));
    }

    [Test]
    public void Deserialize_CutOffAnywhere_IsDataLoss()
    {
        var whole = PluginNode.Attachment(Networks.Single()).Serialize();
        for (var length = 0; length < whole.Length; length++)
        {
            var part = whole[..length];
            var error = Assert.Throws<CrispException>(() => CniAttachment.Deserialize(part))!;
            Assert.That(error.Kind, Is.EqualTo(ErrorKind.DataLoss));
        }
    }
}
