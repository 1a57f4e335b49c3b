using Crisp.Errors;

namespace Crisp.Cni.Tests;

[CancelAfter(120_000)]
public sealed class CniNetworksTests
{
    private const string Good = """{"cniVersion":"1.0.0","name":"good","plugins":[{"type":"only"}]}""";

    private PluginNode _node = null!; // set before each test
    private RecordingLogger<CniNetworks> _log = null!; // set before each test
    private CniNetworks _networks = null!; // set before each test

    [SetUp]
    public void SetUp()
    {
        _node = new PluginNode();
        _log = new RecordingLogger<CniNetworks>();
        _networks = new CniNetworks(_node.Options, _node.Client, _log);
    }

    [TearDown]
    public void TearDown() => _node.Dispose();

    [Test]
    public void Readiness_DirectoryMissing_SaysSoAndRecovers()
    {
        Directory.Delete(_node.ConfDirectory);
        Assert.That(_networks.Readiness, Is.EqualTo(new CniReadiness(
            false, "NetworkPluginNotReady", $"the CNI configuration directory {_node.ConfDirectory} does not exist")));

        Directory.CreateDirectory(_node.ConfDirectory);
        Assert.That(_networks.Readiness.Message, Does.StartWith("no CNI configuration in "));

        _node.Install("only");
        Write("10-good.conflist", Good);
        Assert.That(_networks.Readiness, Is.EqualTo(new CniReadiness(true, "", "")));
    }

    [Test]
    public void Readiness_PluginMissingThenThere_FollowsWithoutRestart()
    {
        Write("10-good.conflist", Good);
        Assert.That(
            _networks.Readiness.Message, Does.StartWith($"CNI plugin \"only\" is not in {_node.PluginDirectory}"));
        var error = Assert.Throws<CrispException>(() => _networks.Current())!;
        Assert.That(error.Kind, Is.EqualTo(ErrorKind.FailedPrecondition));

        _node.Install("only");
        Assert.That(_networks.Readiness.Ready);
        Assert.That(_networks.Current().Name, Is.EqualTo("good"));
    }

    [Test]
    public void Readiness_PluginNotExecutable_SaysSo()
    {
        Write("10-good.conflist", Good);
        File.WriteAllText(Path.Combine(_node.PluginDirectory, "only"), "");
        Assert.That(_networks.Readiness.Message, Is.EqualTo(
            $"CNI plugin \"only\": {Path.Combine(_node.PluginDirectory, "only")} is not executable"));
    }

    [Test]
    public void Current_SeveralFiles_TakesTheFirstByNameWhateverItsKind()
    {
        _node.Install("only");
        Write("30-late.conflist", Good.Replace("good", "late"));
        Write("20-single.conf", """{"cniVersion":"0.3.1","name":"single","type":"only"}""");
        Write("05-other.txt", Good);
        Assert.That(_networks.Current().Name, Is.EqualTo("single"));

        Write("10-first.json", """{"cniVersion":"0.4.0","name":"first","type":"only"}""");
        Assert.That(_networks.Current().Name, Is.EqualTo("first"));
    }

    [Test]
    public void Current_FileRewrittenInPlace_IsReadAgain()
    {
        _node.Install("only");
        Write("10.conflist", Good);
        var before = _networks.Current();
        Assert.That(_networks.Current(), Is.SameAs(before), "unchanged files are not parsed again");

        Write("10.conflist", Good.Replace("good", "well"));
        Assert.That(_networks.Current().Name, Is.EqualTo("well"));
    }

    [Test]
    public void Current_DefaultNetwork_IsFoundByName()
    {
        _node.Install("only");
        Write("10.conflist", Good);
        Write("20.conflist", Good.Replace("good", "wanted"));
        var networks = new CniNetworks(_node.Options with { DefaultNetwork = "wanted" }, _node.Client, _log);
        Assert.That(networks.Current().Name, Is.EqualTo("wanted"));

        File.Delete(Path.Combine(_node.ConfDirectory, "20.conflist"));
        Assert.That(networks.Readiness.Message, Is.EqualTo(
            $"no CNI configuration in {_node.ConfDirectory} is named \"wanted\" (cni_default_network); there is \"good\""));
    }

    [Test]
    public void Invalid_Files_AreSkippedNamedAndLoggedOnce()
    {
        _node.Install("only");
        Write("10-bad.conflist", "{ not json");
        Write("15-list.conf", Good);
        Assert.That(_networks.Readiness.Message, Does.Match(
            "no usable CNI configuration in .*; skipped 10-bad.conflist: it is not JSON: .*; "
            + "skipped 15-list.conf: it has no \"type\": a list of plugins belongs in a .conflist file"));

        Write("20-good.conflist", Good);
        Assert.That(_networks.Readiness.Ready);
        Assert.That(_networks.Readiness.Message, Does.StartWith("skipped 10-bad.conflist: it is not JSON"));
        Assert.That(_networks.Current().Name, Is.EqualTo("good"));
        Assert.That(_log.Lines.Where(line => line.StartsWith("Warning")), Has.Exactly(2).Items);
        Assert.That(_log.Lines, Has.Exactly(1).EqualTo("Information: use CNI network good of 20-good.conflist"));
    }

    [Test]
    public void Readiness_UnreadableAndHugeFiles_AreSkipped()
    {
        _node.Install("only");
        Directory.CreateDirectory(Path.Combine(_node.ConfDirectory, "10-directory.conf"));
        File.CreateSymbolicLink(Path.Combine(_node.ConfDirectory, "11-dangling.conf"), "/nonexistent");
        Write("12-huge.conflist", new string(' ', 1024 * 1024) + Good);
        Write("20-good.conflist", Good);
        Assert.That(_networks.Readiness.Message,
            Does.Match("^skipped 10-directory.conf: .*; skipped 12-huge.conflist: it is longer than 1048576 bytes$"));
    }

    [Test]
    public async Task AskReadiness_Version110_IsThePluginsWord(CancellationToken ct)
    {
        _node.Install("only", ("STATUS", "error 50 'controller not reached' ''"));
        Write("10.conflist", Good.Replace("1.0.0", "1.1.0"));
        Assert.That(await _networks.AskReadinessAsync(ct), Is.EqualTo(new CniReadiness(
            false, "NetworkPluginNotReady", "CNI plugin \"only\" failed STATUS: controller not reached (code 50)")));

        File.Delete(_node.Own("only", "STATUS"));
        Assert.That((await _networks.AskReadinessAsync(ct)).Ready);
    }

    [Test]
    public async Task AskReadiness_PluginHangs_IsNotReadyInBoundedTime(CancellationToken ct)
    {
        _node.Install("only", ("STATUS", "hang"));
        Write("10.conflist", Good.Replace("1.0.0", "1.1.0"));
        var networks = new CniNetworks(_node.Options, _node.ImpatientClient, _log);
        Assert.That((await networks.AskReadinessAsync(ct)).Message,
            Does.Contain("did not finish STATUS within 3 s and was killed"));
    }

    [Test]
    public async Task AskReadiness_OlderVersion_RunsNothing(CancellationToken ct)
    {
        _node.Install("only");
        Write("10.conflist", Good);
        Assert.That((await _networks.AskReadinessAsync(ct)).Ready);
        Assert.That(_node.Order, Is.Empty);
    }

    private void Write(string name, string content) =>
        File.WriteAllText(Path.Combine(_node.ConfDirectory, name), content);
}
