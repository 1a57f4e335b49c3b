using System.Net;
using Crisp.Cni.Capabilities;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Cni.Tests;

[CancelAfter(120_000)]
public sealed class CniClientAddTests
{
    private PluginNode _node = null!; // set before each test

    [SetUp]
    public void SetUp() => _node = new PluginNode();

    [TearDown]
    public void TearDown() => _node.Dispose();

    [Test]
    public async Task Add_List_ChainsResultsInOrder(CancellationToken ct)
    {
        _node.Install("first");
        _node.Install("second");
        _node.Install("third");
        File.WriteAllText(
            _node.Own("first", "result.json"), """{"cniVersion":"1.0.0","ips":[{"address":"10.1.0.5/16"}],"own":1}""");
        File.WriteAllText(
            _node.Own("second", "result.json"), """{"cniVersion":"1.0.0","ips":[{"address":"10.1.0.6/16"}]}""");
        File.WriteAllText(_node.Own("third", "result.json"),
            """{"cniVersion":"1.0.0","ips":[{"address":"fd00::7/64","gateway":"fd00::1"}]}""");

        var added = await _node.Client.AddAsync(PluginNode.Attachment(Networks.Chain()), null, ct);

        Assert.Multiple(() =>
        {
            Assert.That(_node.Order, Is.EqualTo(new[] { "first ADD", "second ADD", "third ADD" }));
            Assert.That(_node.Stdin("first", 1, "ADD").TryGetProperty("prevResult", out _), Is.False);
            Assert.That(
                _node.Stdin("second", 1, "ADD").GetProperty("prevResult").GetProperty("own").GetInt32(), Is.EqualTo(1));
            Assert.That(
                _node.Stdin("third", 1, "ADD")
                    .GetProperty("prevResult").GetProperty("ips")[0].GetProperty("address").GetString(),
                Is.EqualTo("10.1.0.6/16"));
            Assert.That(added.Result!.Ips[0].Address, Is.EqualTo(IPAddress.Parse("fd00::7")));
        });
    }

    [Test]
    public async Task Add_Plugin_GetsItsConfigurationAndTheListsNameAndVersion(CancellationToken ct)
    {
        _node.Install("only");
        await _node.Client.AddAsync(
            PluginNode.Attachment(PluginNode.Network(
                """{"cniVersion":"0.4.0","cniVersions":["0.3.1","1.1.0","9.9.9"],"name":"n","plugins":[{"type":"only","x":{"y":[1]},"name":"other"}]}""")),
            null, ct);

        Assert.That(
            _node.Stdin("only", 1, "ADD").GetRawText(),
            Is.EqualTo("""{"cniVersion":"1.1.0","name":"n","type":"only","x":{"y":[1]}}"""));
    }

    [Test]
    public async Task Add_Environment_IsWhatTheSpecificationNames(CancellationToken ct)
    {
        _node.Install("only");
        var attachment = PluginNode.Attachment(Networks.Single()) with
        {
            Args = PodArguments.Create("default", "web", "uid-1", "a1b2c3"),
        };

        await _node.Client.AddAsync(attachment, null, ct);

        Assert.That(_node.Env("only", 1, "ADD"), Is.SupersetOf(new[]
        {
            "CNI_COMMAND=ADD", "CNI_CONTAINERID=a1b2c3", "CNI_NETNS=/run/netns/none", "CNI_IFNAME=eth0",
            $"CNI_PATH={_node.PluginDirectory}", "PWD=/",
            "CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=web;K8S_POD_INFRA_CONTAINER_ID=a1b2c3;K8S_POD_UID=uid-1",
        }));
    }

    [Test]
    public async Task Add_Capabilities_GoToThePluginsThatDeclareThem(CancellationToken ct)
    {
        _node.Install("first");
        _node.Install("second");
        _node.Install("third");
        var attachment = PluginNode.Attachment(Networks.Chain()) with
        {
            CapabilityArguments = new CapabilityArguments
            {
                PortMappings =
                [
                    new PortMapping { HostPort = 8080, ContainerPort = 80, Protocol = "tcp" },
                    new PortMapping { HostPort = 0, ContainerPort = 81, Protocol = "tcp" },
                ],
                Dns = new CniDns { Servers = ["10.0.0.10"] },
                Bandwidth = new BandwidthLimits { IngressRate = 1000 },
            },
        };

        await _node.Client.AddAsync(attachment, null, ct);

        Assert.Multiple(() =>
        {
            Assert.That(_node.Stdin("first", 1, "ADD").TryGetProperty("runtimeConfig", out _), Is.False);
            Assert.That(
                _node.Stdin("second", 1, "ADD").GetProperty("runtimeConfig").GetRawText(),
                Is.EqualTo("""{"portMappings":[{"hostPort":8080,"containerPort":80,"protocol":"tcp"}]}"""));
            Assert.That(
                _node.Stdin("third", 1, "ADD").GetProperty("runtimeConfig").GetProperty("bandwidth").GetRawText(),
                Is.EqualTo("""{"ingressRate":1000,"ingressBurst":2147483647,"egressRate":0,"egressBurst":0}"""));
        });
    }

    [Test]
    public void Add_SecondPluginFails_WholeListIsDeletedAndTheErrorIsThePlugins(CancellationToken ct)
    {
        _node.Install("first");
        _node.Install("second", ("ADD", "error 107 'no more ports' 'asked for 80'"));
        _node.Install("third");
        File.WriteAllText(
            _node.Own("first", "result.json"), """{"cniVersion":"1.0.0","ips":[{"address":"10.1.0.5/16"}]}""");

        var error = Assert.ThrowsAsync<CniException>(
            () => _node.Client.AddAsync(PluginNode.Attachment(Networks.Chain()), null, ct))!;

        Assert.Multiple(() =>
        {
            Assert.That(
                error.Message, Is.EqualTo("CNI plugin \"second\" failed ADD: no more ports (code 107): asked for 80"));
            Assert.That((error.Plugin, error.Verb, error.Code, error.PluginMessage, error.Details),
                Is.EqualTo(("second", "ADD", 107, "no more ports", "asked for 80")));
            Assert.That(
                _node.Order, Is.EqualTo(new[] { "first ADD", "second ADD", "third DEL", "second DEL", "first DEL" }));
            Assert.That(
                _node.Stdin("first", 1, "DEL").GetProperty("prevResult").GetProperty("ips").GetArrayLength(),
                Is.EqualTo(1),
                "what had been made is known to DEL");
        });
    }

    [Test]
    public void Add_CleanupFailsToo_FirstErrorLeadsAndTheOtherIsANote(CancellationToken ct)
    {
        _node.Install("only", ("ADD", "error 7 'bad subnet' ''"), ("DEL", "error 5 'disk gone' ''"));

        var error = Assert.ThrowsAsync<CniException>(
            () => _node.Client.AddAsync(PluginNode.Attachment(Networks.Single()), null, ct))!;

        Assert.Multiple(() =>
        {
            Assert.That(error.Code, Is.EqualTo(7));
            Assert.That(error.Message, Is.EqualTo(
                "CNI plugin \"only\" failed ADD: bad subnet (code 7); and the cleanup after it failed too: "
                + "CNI plugin \"only\" failed DEL: disk gone (code 5)"));
        });
    }

    [Test]
    public void Add_TryAgainLater_IsUnavailable(CancellationToken ct)
    {
        _node.Install("only", ("ADD", "error 11 'agent not up' ''"));
        var error = Assert.ThrowsAsync<CniException>(
            () => _node.Client.AddAsync(PluginNode.Attachment(Networks.Single()), null, ct))!;
        Assert.That(error.Kind, Is.EqualTo(ErrorKind.Unavailable));
    }

    [Test]
    public async Task Add_CancelledWhilePluginHangs_KillsItWithItsChildrenAndDeletes(CancellationToken ct)
    {
        _node.Install("only", ("ADD", "hang"));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var client = new CniClient(
            _node.Options with { CancellationGrace = TimeSpan.FromMilliseconds(50) }, _node.Runner);
        var add = client.AddAsync(PluginNode.Attachment(Networks.Single()), null, cancel.Token);
        var child = await NumberInAsync(_node.Own("only", "hanging"), ct);

        await cancel.CancelAsync();

        Assert.ThrowsAsync<OperationCanceledException>(() => add);
        Assert.That(_node.Order, Is.EqualTo(new[] { "only ADD", "only DEL" }));
        Assert.That(ProcessInfo.StartTime(child) is null || File.ReadAllText($"/proc/{child}/stat").Contains(") Z "));
    }

    [Test]
    public async Task Add_CancelledWhilePluginWorks_LetsItFinishAndDeletes(CancellationToken ct)
    {
        _node.Install("first", ("ADD",
            "echo $$ >\"$dir/working\"; until [ -e \"$dir/go\" ]; do sleep 0.01; done; echo done >\"$dir/finished\""));
        _node.Install("second");
        _node.Install("third");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var add = _node.Client.AddAsync(PluginNode.Attachment(Networks.Chain()), null, cancel.Token);
        await NumberInAsync(_node.Own("first", "working"), ct);

        await cancel.CancelAsync();
        await File.WriteAllTextAsync(_node.Own("first", "go"), "", ct);

        Assert.ThrowsAsync<OperationCanceledException>(() => add);

        Assert.That(File.Exists(_node.Own("first", "finished")));
        Assert.That(_node.Order, Is.EqualTo(new[] { "first ADD", "third DEL", "second DEL", "first DEL" }));
    }

    [Test]
    public void Add_Hangs_IsKilledAfterTheTimeoutAndDeletes(CancellationToken ct)
    {
        _node.Install("only", ("ADD", "hang"));

        var error = Assert.ThrowsAsync<CniException>(
            () => _node.ImpatientClient.AddAsync(PluginNode.Attachment(Networks.Single()), null, ct))!;

        Assert.Multiple(() =>
        {
            Assert.That(error.Kind, Is.EqualTo(ErrorKind.DeadlineExceeded));
            Assert.That(error.Message, Is.EqualTo("CNI plugin \"only\" did not finish ADD within 3 s and was killed"));
            Assert.That(_node.Order, Is.EqualTo(new[] { "only ADD", "only DEL" }));
        });
    }

    [Test]
    public async Task Add_Lock_IsOpenInThePlugin(CancellationToken ct)
    {
        _node.Install("only", ("ADD", "descriptor 3"), ("DEL", "descriptor 3"));
        var (read, write) = Pipes.Create();
        using (read)
        using (write)
        {
            await _node.Client.AddAsync(PluginNode.Attachment(Networks.Single()), read, ct);
            Assert.That(File.ReadAllText(_node.Own("only", "descriptor")), Is.EqualTo("open\n"));
        }

        await _node.Client.DeleteAsync(PluginNode.Attachment(Networks.Single()), null, ct);
        Assert.That(File.ReadAllText(_node.Own("only", "descriptor")), Is.EqualTo("closed\n"));
    }

    [TestCase("../x", "eth0")]
    [TestCase("id", "an-interface-name-too-long")]
    [TestCase("id", "a/b")]
    public void Add_BadNames_AreRefusedBeforeAnyPluginRuns(string id, string interfaceName)
    {
        _node.Install("only");
        var attachment =
            PluginNode.Attachment(Networks.Single()) with { ContainerId = id, InterfaceName = interfaceName };
        var error =
            Assert.ThrowsAsync<CrispException>(() => _node.Client.AddAsync(attachment, null, CancellationToken.None))!;
        Assert.That((error.Kind, _node.Order.Length), Is.EqualTo((ErrorKind.InvalidArgument, 0)));
    }

    [Test]
    public void Add_ArgumentWithSemicolon_IsRefused()
    {
        var attachment = PluginNode.Attachment(Networks.Single()) with
        {
            Args = PodArguments.Create("default", "a;K8S_POD_NAME=b", "u", "s"),
        };
        var error =
            Assert.ThrowsAsync<CrispException>(() => _node.Client.AddAsync(attachment, null, CancellationToken.None))!;
        Assert.That(error.Kind, Is.EqualTo(ErrorKind.InvalidArgument));
    }

    /// <summary>The process that a plugin has written into a file, once it is there.</summary>
    private static async Task<int> NumberInAsync(string file, CancellationToken ct)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(file)!) { EnableRaisingEvents = true };
        while (true)
        {
            if (File.Exists(file) && int.TryParse(await File.ReadAllTextAsync(file, ct), out var id)) return id;
            watcher.WaitForChanged(WatcherChangeTypes.All, 50);
        }
    }
}
