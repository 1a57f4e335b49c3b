namespace Crisp.Cni.Tests;

[CancelAfter(120_000)]
public sealed class CniClientDeleteTests
{
    private PluginNode _node = null!; // set before each test

    [SetUp]
    public void SetUp() => _node = new PluginNode();

    [TearDown]
    public void TearDown() => _node.Dispose();

    [Test]
    public async Task Delete_List_RunsInReverseWithTheStoredResult(CancellationToken ct)
    {
        InstallChain();
        File.WriteAllText(
            _node.Own("third", "result.json"), """{"cniVersion":"1.0.0","ips":[{"address":"10.1.0.5/16"}]}""");
        var added = await _node.Client.AddAsync(PluginNode.Attachment(Networks.Chain()), null, ct);

        await _node.Client.DeleteAsync(CniAttachment.Deserialize(added.Serialize()), null, ct);

        Assert.Multiple(() =>
        {
            Assert.That(_node.Order[3..], Is.EqualTo(new[] { "third DEL", "second DEL", "first DEL" }));
            foreach (var type in new[] { "first", "second", "third" })
                Assert.That(
                    _node.Stdin(type, 1, "DEL").GetProperty("prevResult").GetRawText(), Is.EqualTo(
                        """{"cniVersion":"1.0.0","ips":[{"address":"10.1.0.5/16"}]}"""));
        });
    }

    [Test]
    public async Task Delete_BeforeVersion040_GetsNoResult(CancellationToken ct)
    {
        _node.Install("only");
        var added = await _node.Client.AddAsync(PluginNode.Attachment(Networks.Single(version: "0.3.1")), null, ct);
        await _node.Client.DeleteAsync(added, null, ct);
        Assert.That(_node.Stdin("only", 1, "DEL").TryGetProperty("prevResult", out _), Is.False);
    }

    [Test]
    public async Task Delete_WithoutNetNs_PassesAnEmptyPath(CancellationToken ct)
    {
        _node.Install("only");
        await _node.Client.DeleteAsync(PluginNode.Attachment(Networks.Single()) with { NetNsPath = "" }, null, ct);
        Assert.That(_node.Env("only", 1, "DEL"), Does.Contain("CNI_NETNS="));
    }

    [Test]
    public void Delete_OnePluginFails_OthersRunAndTheFailureIsTold(CancellationToken ct)
    {
        InstallChain();
        File.WriteAllText(_node.Own("third", "DEL"), "error 5 'busy' ''\n");
        File.WriteAllText(_node.Own("first", "DEL"), "exit 4\n");

        var error = Assert.ThrowsAsync<CniException>(
            () => _node.Client.DeleteAsync(PluginNode.Attachment(Networks.Chain()), null, ct))!;

        Assert.Multiple(() =>
        {
            Assert.That(_node.Order, Is.EqualTo(new[] { "third DEL", "second DEL", "first DEL" }));
            Assert.That(error.Plugin, Is.EqualTo("third"));
            Assert.That(error.Message, Is.EqualTo(
                "CNI plugin \"third\" failed DEL: busy (code 5); CNI plugin \"first\" failed DEL with exit code 4 and said nothing"));
        });
    }

    [Test]
    public async Task Delete_UnknownContainer_IsSuccess(CancellationToken ct)
    {
        _node.Install("only", ("DEL", "error 3 'never heard of it' ''"));
        await _node.Client.DeleteAsync(PluginNode.Attachment(Networks.Single()), null, ct);
        Assert.That(_node.Order, Is.EqualTo(new[] { "only DEL" }));
    }

    private void InstallChain()
    {
        foreach (var type in new[] { "first", "second", "third" }) _node.Install(type);
    }
}
