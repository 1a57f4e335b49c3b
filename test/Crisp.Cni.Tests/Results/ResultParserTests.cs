using System.Net;
using System.Text;
using Crisp.Cni.Results;

namespace Crisp.Cni.Tests.Results;

public sealed class ResultParserTests
{
    [Test]
    public void Parse_Version100_ReadsAllParts()
    {
        var result = Parse("""
            {
              "cniVersion": "1.0.0",
              "interfaces": [
                { "name": "cni0", "mac": "00:11:22:33:44:55" },
                { "name": "eth0", "mac": "99:88:77:66:55:44", "sandbox": "/run/netns/blue" }
              ],
              "ips": [
                { "address": "10.1.0.5/16", "gateway": "10.1.0.1", "interface": 1 },
                { "address": "fd00::5/64", "interface": 1 },
                { "address": "192.168.0.1/24", "interface": 0 }
              ],
              "routes": [ { "dst": "0.0.0.0/0", "gw": "10.1.0.1" }, { "dst": "::/0" } ],
              "dns": { "nameservers": [ "10.1.0.1" ], "domain": "d", "search": [ "s" ], "options": [ "o" ] }
            }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(
                result.Interfaces[1], Is.EqualTo(new CniInterface("eth0", "99:88:77:66:55:44", "/run/netns/blue")));
            Assert.That(
                result.Ips[0], Is.EqualTo(new CniIp(IPAddress.Parse("10.1.0.5"), 16, IPAddress.Parse("10.1.0.1"), 1)));
            Assert.That(result.Routes[1], Is.EqualTo(new CniRoute(IPAddress.IPv6Any, 0, null)));
            Assert.That(result.Dns.Search, Is.EqualTo(new[] { "s" }));
            Assert.That(
                result.AddressesOf("eth0").Select(address => address.ToString()),
                Is.EqualTo(new[] { "10.1.0.5", "fd00::5" }),
                "the bridge's own address is not the pod's");
        });
    }

    [Test]
    public void Parse_Version031_IgnoresTheAddressFamily()
    {
        var result = Parse(
            """{"cniVersion":"0.3.1","ips":[{"version":"4","address":"10.1.0.5/16","gateway":"10.1.0.1"}],"dns":{}}""");
        Assert.That(result.AddressesOf("eth0"), Is.EqualTo(new[] { IPAddress.Parse("10.1.0.5") }));
    }

    [Test]
    public void Parse_Version020_ReadsBothFamilies()
    {
        var result = Parse("""
            {"ip4":{"ip":"10.1.0.5/16","gateway":"10.1.0.1","routes":[{"dst":"0.0.0.0/0"}]},"ip6":{"ip":"fd00::5/64"}}
            """);
        Assert.That(result.AddressesOf("eth0").Select(address => address.ToString()),
            Is.EqualTo(new[] { "10.1.0.5", "fd00::5" }));
    }

    [Test]
    public void Parse_OtherInterfaceNameOnly_StillGivesItsAddresses() =>
        Assert.That(
            Parse("""{"interfaces":[{"name":"net9","sandbox":"x"}],"ips":[{"address":"10.1.0.5/16","interface":0}]}""")
                .AddressesOf("eth0"),
            Has.Count.EqualTo(1));

    [Test]
    public void Parse_NullsAndAbsentParts_AreEmpty() =>
        Assert.That(Parse("""{"cniVersion":"1.1.0","interfaces":null,"ips":null}""").Ips, Is.Empty);

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("{\"ips\": 5}")]
    [TestCase("{\"ips\": [5]}")]
    [TestCase("{\"ips\": [{}]}")]
    [TestCase("{\"ips\": [{\"address\": \"10.0.0.1\"}]}")]
    [TestCase("{\"ips\": [{\"address\": \"10.0.0.1/33\"}]}")]
    [TestCase("{\"ips\": [{\"address\": \"10.0.0.1/-1\"}]}")]
    [TestCase("{\"ips\": [{\"address\": \"1/8\"}]}")]
    [TestCase("{\"ips\": [{\"address\": \"fe80::1%eth0/64\"}]}")]
    [TestCase("{\"ips\": [{\"address\": \"10.0.0.1/8\", \"interface\": 1e99}]}")]
    [TestCase("{\"routes\": [{\"dst\": \"nowhere\"}]}")]
    [TestCase("{\"dns\": {\"search\": [1]}}")]
    public void Parse_Garbage_IsAFormatException(string text) => Assert.Throws<FormatException>(() => Parse(text));

    private static CniResult Parse(string text) => ResultParser.Parse(Encoding.UTF8.GetBytes(text));
}
