using Crisp.Ctl.Tests.Fakes;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class ConfigTests
{
    private FakeNode _node = null!; // set before each test
    private string _path = null!; // set before each test

    [SetUp]
    public async Task SetUp()
    {
        _node = await FakeNode.StartAsync();
        _path = Path.GetTempFileName();
    }

    [TearDown]
    public async Task TearDown()
    {
        File.Delete(_path);
        await _node.DisposeAsync();
    }

    [Test]
    public async Task Set_WritesTheFile_AndGetReadsIt()
    {
        Assert.That(
            await _node.RunAsync(
                "--config", _path, "config", "--set", "pull-image-on-create=false", "--set", "timeout=7"),
            Is.EqualTo(new CtlRun(0, "", "")));
        Assert.That(await File.ReadAllTextAsync(_path), Is.EqualTo("pull-image-on-create: false\ntimeout: 7\n"));

        await _node.RunAsync("--config", _path, "config", "runtime-endpoint", "unix:///run/x.sock");
        Assert.That((await _node.RunAsync("--config", _path, "config", "--get", "timeout")).Output, Is.EqualTo("7\n"));
        Assert.That(
            (await _node.RunAsync("--config", _path, "config", "runtime-endpoint")).Output,
            Is.EqualTo("unix:///run/x.sock\n"));
        Assert.That(
            (await _node.RunAsync("--config", _path, "config", "--list")).Output,
            Is.EqualTo("runtime-endpoint: unix:///run/x.sock\nimage-endpoint:\ntimeout: 7\ndebug:\n"
                + "pull-image-on-create: false\ndisable-pull-on-run:\n"));
    }

    [TestCase("--set", "colour=red", "there is no setting \"colour\"")]
    [TestCase("--set", "timeout", "\"timeout\" is not KEY=VALUE")]
    public async Task Nonsense_IsRefused(string first, string second, string problem)
    {
        var run = await _node.RunAsync("--config", _path, "config", first, second);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain(problem));
    }

    [Test]
    public async Task Nothing_IsRefused() =>
        Assert.That((await _node.RunAsync("--config", _path, "config")).Error, Does.Contain("a key is missing"));
}
