using Crisp.Linux;

namespace Crisp.Cni.Tests.Plugins;

/// <summary>Each way in which a plugin fails has a sentence of its own.</summary>
[CancelAfter(120_000)]
public sealed class CniPluginTests
{
    private PluginNode _node = null!; // set before each test

    [SetUp]
    public void SetUp() => _node = new PluginNode();

    [TearDown]
    public void TearDown() => _node.Dispose();

    [TestCase("exit 3", "failed ADD with exit code 3 and said nothing")]
    [TestCase("echo oops >&2; exit 3", "failed ADD with exit code 3 and no CNI error; its stderr: \"oops\"")]
    [TestCase(
        "echo '<html>'; exit 3", "failed ADD with exit code 3 and printed something that is no CNI error: \"<html>\"")]
    [TestCase("echo '{}'; echo a >&2; echo b >&2; exit 1",
        "failed ADD with exit code 1 and printed something that is no CNI error: \"{}\"; its stderr: \"a b\"")]
    [TestCase("error 7 'bad\\nsubnet' 'see docs'", "failed ADD: bad subnet (code 7): see docs")]
    [TestCase("exit 0", "reported success for ADD but printed no result")]
    [TestCase("echo all good; exit 0", "reported success for ADD but printed no CNI result: ")]
    [TestCase("kill -SEGV $$", "was killed by SIGSEGV during ADD")]
    [TestCase("head -c 2000000 /dev/zero; exit 0", "printed more than 1048576 bytes for ADD")]
    public void Add_PluginMisbehaves_IsExplained(string answer, string sentence)
    {
        _node.Install("only", ("ADD", answer));
        var error = Assert.ThrowsAsync<CniException>(
            () => _node.Client.AddAsync(PluginNode.Attachment(Networks.Single()), null, CancellationToken.None))!;
        Assert.That(error.Message, Does.StartWith($"CNI plugin \"only\" {sentence}"));
    }

    [Test]
    public void Add_PluginMissing_NamesTheDirectories()
    {
        var error = Assert.ThrowsAsync<CniException>(
            () => _node.Client.AddAsync(PluginNode.Attachment(Networks.Single()), null, CancellationToken.None))!;
        Assert.That(
            error.Message, Does.StartWith($"CNI plugin \"only\" is not in {_node.PluginDirectory}: install it there"));
    }

    [Test]
    public void Add_PluginIsNoProgram_SaysThatItCouldNotBeStarted()
    {
        var path = Path.Combine(_node.PluginDirectory, "only");
        File.WriteAllText(path, "#!/no/such/interpreter\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        var error = Assert.ThrowsAsync<CniException>(
            () => _node.Client.AddAsync(PluginNode.Attachment(Networks.Single()), null, CancellationToken.None))!;
        Assert.That(error.Message, Does.StartWith("CNI plugin \"only\" could not be started for ADD: "));
        Assert.That(error.InnerException, Is.InstanceOf<SyscallException>());
    }

    [Test]
    public void Add_LongErrors_AreCutToOneBoundedLine()
    {
        _node.Install("only", ("ADD", "head -c 100000 /dev/zero | tr '\\000' x; exit 1"));
        var error = Assert.ThrowsAsync<CniException>(
            () => _node.Client.AddAsync(PluginNode.Attachment(Networks.Single()), null, CancellationToken.None))!;
        Assert.That(error.Message, Has.Length.LessThan(800).And.Contain("xxx…"));
    }

    [Test]
    public async Task Add_PluginLeavesADaemonOnItsPipes_IsNotWaitedFor(CancellationToken ct)
    {
        _node.Install("only", ("ADD", "sleep 120 & result")); // for longer than the plugin may take
        var attachment = await _node.Client.AddAsync(PluginNode.Attachment(Networks.Single()), null, ct);
        Assert.That(attachment.Result, Is.Not.Null);
    }
}
