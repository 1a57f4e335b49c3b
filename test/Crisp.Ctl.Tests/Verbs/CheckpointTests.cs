using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class CheckpointTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp() => _node = await FakeNode.StartAsync();

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Checkpoint_File_IsTheRuntimesToWrite()
    {
        Assert.That(await _node.RunAsync("checkpoint", "-e", "/tmp/c.tar", "c"), Is.EqualTo(new CtlRun(0, "c\n", "")));
        Assert.That(
            _node.Runtime.Requests.Single(),
            Is.EqualTo(new CheckpointContainerRequest { ContainerId = "c", Location = "/tmp/c.tar" }));
    }

    [TestCase("checkpoint", "c")]
    [TestCase("checkpoint", "--export=c.tar", "c")]
    public async Task Checkpoint_WithoutAbsolutePath_IsRefused(params string[] words) =>
        Assert.That((await _node.RunAsync(words)).Error, Does.Contain("--export with an absolute path is missing"));
}
