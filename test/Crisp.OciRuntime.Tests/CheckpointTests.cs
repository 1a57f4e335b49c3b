namespace Crisp.OciRuntime.Tests;

/// <summary>checkpoint, restore and pause as the double saw them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class CheckpointTests
{
    private readonly DoubleRuntime _runtime = new();

    [TearDown]
    public void TearDown() => _runtime.Dispose();

    [Test]
    public async Task Checkpoint_LeavesTheContainerAsItIs_AndFindsItsCriu()
    {
        await _runtime.Cli.CheckpointAsync(
            "abc", "/images", "/work", "/opt/criu/sbin/criu", CancellationToken.None).ConfigureAwait(false);
        Assert.That(_runtime.LastCall, Does.EndWith(
            " | checkpoint | --image-path | /images | --work-path | /work | --leave-running | --tcp-established | --file-locks | abc"));
        Assert.That(_runtime.Read("environment"), Does.Contain("PATH=/opt/criu/sbin:/usr/local/sbin:"));
    }

    [Test]
    public void Checkpoint_ThatFails_IsTheRuntimesError()
    {
        _runtime.Fail("checkpoint", "criu failed");
        var error = Assert.ThrowsAsync<RuntimeFailedException>(
            () => _runtime.Cli.CheckpointAsync("abc", "/images", "/work", "/usr/sbin/criu", CancellationToken.None));
        Assert.That(error?.RuntimeMessage, Is.EqualTo("criu failed"));
    }

    [Test]
    public async Task RuntimeWithoutTheVerb_SaysSo()
    {
        Assert.That(await _runtime.Cli.WhyNoCheckpointAsync(CancellationToken.None).ConfigureAwait(false), Is.Null);
        _runtime.Answer("checkpoint", "exit", "1");
        _runtime.Answer("checkpoint", "stderr", "unknown command checkpoint\n");
        Assert.That(await _runtime.Cli.WhyNoCheckpointAsync(CancellationToken.None).ConfigureAwait(false),
            Is.EqualTo("unknown command checkpoint"));
    }

    [Test]
    public void RestoreArguments_AreCompleteAndReadyMade() => Assert.That(
        _runtime.Cli.RestoreArguments("ID", "/b", "/images", "/work", "/b/pid", "/b/log", "/b/console").Arguments,
        Is.EqualTo(new[]
        {
            "--root", _runtime.Root, "--log", "/b/log", "--log-format", "json",
            "restore",
            "--detach", "--bundle", "/b", "--image-path", "/images", "--work-path", "/work", "--pid-file", "/b/pid",
            "--tcp-established", "--file-locks", "--console-socket", "/b/console", "ID",
        }));

    [TestCase("paused", true)]
    [TestCase("running", false)]
    public async Task Resume_OnlyWhatIsPaused(string status, bool resumed)
    {
        _runtime.Answer("state", "stdout",
            $$"""{"ociVersion":"1.0.0","id":"{{DoubleRuntime.Known}}","status":"{{status}}","pid":5,"bundle":"/b"}""");
        await _runtime.Cli.ResumeAsync(DoubleRuntime.Known, CancellationToken.None).ConfigureAwait(false);
        Assert.That(_runtime.LastCall.EndsWith($" | resume | {DoubleRuntime.Known}", StringComparison.Ordinal),
            Is.EqualTo(resumed));
    }

    [Test]
    public async Task Pause_CallsTheVerb()
    {
        await _runtime.Cli.PauseAsync("abc", CancellationToken.None).ConfigureAwait(false);
        Assert.That(_runtime.LastCall, Does.EndWith(" | pause | abc"));
    }
}
