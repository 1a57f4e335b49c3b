namespace Crisp.Cni.Tests;

/// <summary>
/// Whatever becomes of an ADD that failed, the address that the real host-local gave out is free again.
/// </summary>
[CancelAfter(120_000)]
public sealed class HostLocalTests
{
    private PluginNode _node = null!; // set before each test

    private string Addresses => Path.Combine(_node.Root, "addresses");

    [SetUp]
    public void SetUp()
    {
        _node = new PluginNode();
        _node.InstallReal("host-local");
    }

    [TearDown]
    public void TearDown() => _node.Dispose();

    [TestCase("ipam; error 100 'after the address' ''")]
    [TestCase("ipam; echo garbage; exit 0")]
    [TestCase("ipam; kill -KILL $$")]
    [TestCase("ipam; hang")]
    public void Add_FailsAfterTheAddressWasTaken_AddressIsFreed(string answer)
    {
        _node.Install("link", ("ADD", answer), ("DEL", "ipam"));
        Assert.ThrowsAsync<CniException>(() => _node.ImpatientClient.AddAsync(
            PluginNode.Attachment(Networks.WithHostLocal("link", Addresses)), null, CancellationToken.None));
        Assert.That(Taken(), Is.Empty);
    }

    [Test]
    public async Task Add_CancelledAtAnyMoment_AddressIsFreed(CancellationToken ct)
    {
        _node.Install("link", ("ADD", "ipam"), ("DEL", "ipam"));
        for (var milliseconds = 0; milliseconds < 40; milliseconds += 4)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var attachment = PluginNode.Attachment(Networks.WithHostLocal("link", Addresses));
            var add = _node.Client.AddAsync(attachment, null, cancel.Token);
            cancel.CancelAfter(milliseconds);
            try
            {
                await _node.Client.DeleteAsync(await add, null, ct);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
            }

            Assert.That(Taken(), Is.Empty, $"cancelled after {milliseconds} ms");
        }
    }

    [Test]
    public async Task AddDelete_ByStoredAttachment_TakesAndFrees(CancellationToken ct)
    {
        _node.Install("link", ("ADD", "ipam"), ("DEL", "ipam"));
        var added = await _node.Client.AddAsync(
            PluginNode.Attachment(Networks.WithHostLocal("link", Addresses)), null, ct);
        Assert.That(Taken(), Is.EqualTo(new[] { added.Result!.Ips[0].Address.ToString() }));

        await _node.Client.DeleteAsync(CniAttachment.Deserialize(added.Serialize()) with { NetNsPath = "" }, null, ct);
        Assert.That(Taken(), Is.Empty);
    }

    private string[] Taken() => Directory.Exists(Path.Combine(Addresses, "addresses"))
        ?
        [
            .. Directory.EnumerateFiles(Path.Combine(Addresses, "addresses")).Select(file => Path.GetFileName(file))
                .Where(name => char.IsAsciiDigit(name[0])),
        ]
        : [];
}
