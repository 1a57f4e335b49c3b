namespace Crisp.Cni.Tests;

[CancelAfter(120_000)]
public sealed class ObservedReadinessTests
{
    private PluginNode _node = null!; // set before each test
    private ObservedReadiness _observed = null!; // set before each test

    [SetUp]
    public void SetUp()
    {
        _node = new PluginNode();
        _observed = new ObservedReadiness(
            new CniNetworks(_node.Options, _node.Client, new RecordingLogger<CniNetworks>()), TimeProvider.System);
    }

    [TearDown]
    public void TearDown() => _node.Dispose();

    [Test]
    public async Task Current_OfANetworkOfOneOne_BecomesWhatThePluginSays(CancellationToken cancellation)
    {
        _node.Install("only", ("STATUS", """echo '{"cniVersion":"1.1.0","code":50,"msg":"no fabric"}'; exit 1"""));
        Write("1.1.0");
        Assert.That(_observed.Current.Ready, "by configuration, until the plugin has answered");
        while (_observed.Current.Ready)
        {
            cancellation.ThrowIfCancellationRequested();
            await Task.Yield(); // the answer comes by itself, and no caller waits for it
        }

        Assert.That(_observed.Current.Message, Does.Contain("no fabric"));
    }

    [Test]
    public void Current_OfAnOlderNetwork_AsksNoPlugin()
    {
        _node.Install("only", ("STATUS", "exit 1"));
        Write("1.0.0");
        Assert.That(_observed.Current.Ready);
        Assert.That(_node.Order, Is.Empty);
    }

    [Test]
    public void Current_WithoutAConfiguration_SaysSo() =>
        Assert.That(_observed.Current.Message, Does.StartWith("no CNI configuration"));

    private void Write(string version) => File.WriteAllText(
        Path.Combine(_node.ConfDirectory, "10.conflist"),
        $$"""{"cniVersion":"{{version}}","name":"net","plugins":[{"type":"only"}]}""");
}
