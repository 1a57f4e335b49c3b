namespace Crisp.Cni.Tests;

[CancelAfter(120_000)]
public sealed class CniClientCheckTests
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
    public async Task Check_List_RunsInOrderWithTheResult(CancellationToken ct)
    {
        var added = await _node.Client.AddAsync(PluginNode.Attachment(Networks.Chain()), null, ct);
        await _node.Client.CheckAsync(added, ct);
        Assert.Multiple(() =>
        {
            Assert.That(_node.Order[3..], Is.EqualTo(new[] { "first CHECK", "second CHECK", "third CHECK" }));
            Assert.That(_node.Stdin("first", 1, "CHECK").TryGetProperty("prevResult", out _), Is.True);
        });
    }

    [Test]
    public async Task Check_PluginObjects_IsItsError(CancellationToken ct)
    {
        File.WriteAllText(_node.Own("second", "CHECK"), "error 999 'link is down' ''\n");
        var added = await _node.Client.AddAsync(PluginNode.Attachment(Networks.Chain()), null, ct);
        var error = Assert.ThrowsAsync<CniException>(() => _node.Client.CheckAsync(added, ct))!;
        Assert.That((error.Plugin, error.Code), Is.EqualTo(("second", 999)));
    }

    [TestCase("1.0.0", "\"disableCheck\": true,")]
    [TestCase("1.0.0", "\"disableCheck\": \"true\",")]
    [TestCase("0.3.1", "")]
    public async Task Check_WhereItMayNotBeAsked_AsksNobody(string version, string extra, CancellationToken ct)
    {
        var added = await _node.Client.AddAsync(PluginNode.Attachment(Networks.Chain(version, extra)), null, ct);
        await _node.Client.CheckAsync(added, ct);
        Assert.That(_node.Order, Has.Length.EqualTo(3));
    }
}
