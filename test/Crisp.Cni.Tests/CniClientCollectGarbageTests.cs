namespace Crisp.Cni.Tests;

[CancelAfter(120_000)]
public sealed class CniClientCollectGarbageTests
{
    private PluginNode _node = null!; // set before each test

    [SetUp]
    public void SetUp()
    {
        _node = new PluginNode();
        foreach (var type in new[] { "first", "second", "third" }) _node.Install(type);
    }

    [TearDown]
    public void TearDown() => _node.Dispose();

    [Test]
    public async Task CollectGarbage_Version110_NamesTheValidAttachments(CancellationToken ct)
    {
        var network = Networks.Chain("1.1.0");
        await _node.Client.CollectGarbageAsync(network, [PluginNode.Attachment(network)], ct);
        Assert.Multiple(() =>
        {
            Assert.That(_node.Order, Is.EquivalentTo(new[] { "first GC", "second GC", "third GC" }));
            Assert.That(
                _node.Stdin("first", 1, "GC").GetProperty("cni.dev/valid-attachments").GetRawText(),
                Is.EqualTo("""[{"containerID":"a1b2c3","ifname":"eth0"}]"""));
        });
    }

    [Test]
    public void CollectGarbage_OneFails_AllHadTheirTurn(CancellationToken ct)
    {
        File.WriteAllText(_node.Own("first", "GC"), "exit 1\n");
        Assert.ThrowsAsync<CniException>(() => _node.Client.CollectGarbageAsync(Networks.Chain("1.1.0"), [], ct));
        Assert.That(_node.Order, Has.Length.EqualTo(3));
    }

    [TestCase("1.0.0", "")]
    [TestCase("1.1.0", "\"disableGC\": true,")]
    public async Task CollectGarbage_WhereForbidden_AsksNobody(string version, string extra, CancellationToken ct)
    {
        await _node.Client.CollectGarbageAsync(Networks.Chain(version, extra), [], ct);
        Assert.That(_node.Order, Is.Empty);
    }
}
