using Crisp.Pods.Sandbox;
using Runtime.V1;

namespace Crisp.Pods.Tests.Sandbox;

public sealed class PodFilesTests
{
    [Test]
    public void ResolvConf_FromTheRequest()
    {
        var dns = new DNSConfig();
        dns.Servers.Add(["10.96.0.10", "fd00::a"]);
        dns.Searches.Add(["ns.svc.cluster.local", "cluster.local"]);
        dns.Options.Add(["ndots:5", "edns0"]);
        Assert.That(PodFiles.ResolvConf(dns), Is.EqualTo(
            "search ns.svc.cluster.local cluster.local\nnameserver 10.96.0.10\nnameserver fd00::a\noptions ndots:5 edns0\n"));
    }

    [Test]
    public void ResolvConf_NoneAsked_IsTheNodes() =>
        Assert.That(PodFiles.ResolvConf(new DNSConfig()), Is.EqualTo(File.ReadAllText("/etc/resolv.conf")));

    [Test]
    public void Hosts_NameEveryAddress() => Assert.That(
        PodFiles.Hosts(new PodSandboxConfig { Hostname = "web" }, ["10.0.0.2", "fd00::2"]),
        Does.StartWith("127.0.0.1\tlocalhost\n").And.EndWith("10.0.0.2\tweb\nfd00::2\tweb\n"));
}
