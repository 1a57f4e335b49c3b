using Crisp.Cni.Capabilities;

namespace Crisp.Cni.Tests;

/// <summary>
/// Debian's bridge, host-local and portmap. They run in a network namespace that plays the node, so that the machine
/// itself gets no bridge, no rule and no address. Needs root.
/// </summary>
[CancelAfter(120_000)]
public sealed class RealPluginsTests
{
    private const string Ip = "/usr/sbin/ip";

    private readonly string _name = $"crispt{Guid.NewGuid().ToString("N")[..8]}";
    private PluginNode _node = null!; // set before each test

    private string Host => $"{_name}h";

    private string Pod => $"{_name}p";

    [SetUp]
    public async Task SetUp()
    {
        _node = new PluginNode();
        await _node.RunAsync(Ip, "netns", "add", Host);
        await _node.RunAsync(Ip, "netns", "add", Pod);
        await _node.RunAsync(Ip, "-n", Host, "link", "set", "lo", "up");
        foreach (var type in new[] { "bridge", "portmap", "host-local" }) InstallInHostNamespace(type);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _node.RunAsync(Ip, "netns", "delete", Host);
        if (File.Exists($"/run/netns/{Pod}")) await _node.RunAsync(Ip, "netns", "delete", Pod);
        _node.Dispose();
    }

    [TestCase("0.3.1")]
    [TestCase("0.4.0")]
    [TestCase("1.0.0")]
    public async Task AddCheckDelete_DualStackWithPort_ComesAndGoes(string version, CancellationToken ct)
    {
        var added = await _node.Client.AddAsync(Attachment(version), null, ct);
        Assert.That(
            added.Result!.AddressesOf("eth0").Select(address => address.ToString()),
            Is.EqualTo(new[] { "10.213.9.2", "fd00:d5::2" }));
        Assert.That(await _node.RunAsync(Ip, "-n", Pod, "addr", "show", "eth0"),
            Does.Contain("10.213.9.2/24").And.Contain("fd00:d5::2/64"));
        Assert.That(await NatRulesAsync(), Does.Contain("--to-destination 10.213.9.2:80"));

        // portmap 1.1.1 looks for the IPv4 rule among the IPv6 ones when a pod has both, so it is not asked about
        // ports.
        await _node.Client.CheckAsync(added with { CapabilityArguments = CapabilityArguments.None }, ct);
        var stored = CniAttachment.Deserialize(added.Serialize());
        await _node.Client.DeleteAsync(stored, null, ct);
        await _node.Client.DeleteAsync(stored, null, ct);

        Assert.That(Taken(), Is.Empty);
        Assert.That(await NatRulesAsync(), Does.Not.Contain("10.213.9.2:80"));
        Assert.That(await _node.RunAsync(Ip, "-n", Host, "link", "show"), Does.Not.Contain("veth"));
    }

    [Test]
    public async Task Delete_AfterAReboot_FreesTheAddressWithoutNetNs(CancellationToken ct)
    {
        var added = await _node.Client.AddAsync(Attachment("1.0.0"), null, ct);
        await _node.RunAsync(Ip, "netns", "delete", Pod);
        await _node.Client.DeleteAsync(added with { NetNsPath = "" }, null, ct);
        Assert.That(Taken(), Is.Empty);
    }

    [Test]
    public void Add_SecondPluginFails_NothingIsLeft(CancellationToken ct)
    {
        _node.Install("broken", ("ADD", "error 100 'no' ''"));
        var error = Assert.ThrowsAsync<CniException>(
            () => _node.Client.AddAsync(Attachment("1.0.0", """, { "type": "broken" }"""), null, ct))!;
        Assert.That(error.Message, Is.EqualTo("CNI plugin \"broken\" failed ADD: no (code 100)"));
        Assert.That(Taken(), Is.Empty);
    }

    [Test]
    public void Add_UnknownNetNs_IsThePluginsOwnError(CancellationToken ct)
    {
        var error = Assert.ThrowsAsync<CniException>(
            () => _node.Client.AddAsync(Attachment("1.0.0") with { NetNsPath = "/run/netns/none" }, null, ct))!;
        Assert.That(error.Message, Does.Contain("bridge").And.Contain("/run/netns/none"));
        Assert.That(Taken(), Is.Empty);
    }

    [Test]
    public async Task Add_CancelledAtAnyMoment_LeavesNothing(CancellationToken ct)
    {
        for (var milliseconds = 2; milliseconds < 60; milliseconds += 8)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
            cancel.CancelAfter(milliseconds);
            try
            {
                await _node.Client.DeleteAsync(
                    await _node.Client.AddAsync(Attachment("1.0.0"), null, cancel.Token), null, ct);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
            }

            Assert.That(Taken(), Is.Empty, $"cancelled after {milliseconds} ms");
            Assert.That(await _node.RunAsync(Ip, "-n", Host, "link", "show"), Does.Not.Contain("veth"));
        }
    }

    private CniAttachment Attachment(string version, string morePlugins = "") => new()
    {
        ContainerId = _name,
        NetNsPath = $"/run/netns/{Pod}",
        Network = PluginNode.Network($$"""
            {
              "cniVersion": "{{version}}", "name": "crisp-test",
              "plugins": [
                { "type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": true, "hairpinMode": true,
                  "ipam": { "type": "host-local", "dataDir": "{{_node.Root}}/addresses",
                    "ranges": [[{ "subnet": "10.213.9.0/24" }], [{ "subnet": "fd00:d5::/64" }]],
                    "routes": [{ "dst": "0.0.0.0/0" }, { "dst": "::/0" }] } },
                { "type": "portmap", "capabilities": { "portMappings": true } }{{morePlugins}}
              ]
            }
            """),
        Args = PodArguments.Create("default", "pod", "uid", _name),
        CapabilityArguments = new CapabilityArguments
        {
            PortMappings = [new PortMapping { HostPort = 8099, ContainerPort = 80, Protocol = "tcp" }],
        },
    };

    private Task<string> NatRulesAsync() =>
        _node.RunAsync("/usr/bin/nsenter", $"--net=/run/netns/{Host}", "/usr/sbin/iptables", "-t", "nat", "-S");

    private void InstallInHostNamespace(string type)
    {
        var path = Path.Combine(_node.PluginDirectory, type);
        File.WriteAllText(path, $"#!/bin/sh\nexec /usr/bin/nsenter --net=/run/netns/{Host} /usr/lib/cni/{type}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private string[] Taken() =>
        Directory.Exists($"{_node.Root}/addresses/crisp-test")
            ?
            [
                .. Directory.EnumerateFiles($"{_node.Root}/addresses/crisp-test").Select(file => Path.GetFileName(file))
                    .Where(name => !name.StartsWith("last_") && name != "lock"),
            ]
            : [];
}
