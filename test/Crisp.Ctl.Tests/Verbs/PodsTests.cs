using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class PodsTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp()
    {
        _node = await FakeNode.StartAsync();
        _node.Runtime.Pods.Add(Samples.Pod("1111111111111111", minutesOld: 60 * 24 * 3));
        _node.Runtime.Pods.Add(Samples.Pod("2222222222222222", "db-1", PodSandboxState.SandboxNotready));
        _node.Runtime.Pods[1].RuntimeHandler = "runc";
    }

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Pods_Table_IsCrictls()
    {
        var run = await _node.RunAsync("pods");
        Assert.That(run.Output, Is.EqualTo(
            "POD ID              CREATED             STATE               NAME                NAMESPACE           ATTEMPT             RUNTIME\n"
            + "2222222222222       5 minutes ago       NotReady            db-1                shop                1                   runc\n"
            + "1111111111111       3 days ago          Ready               web-1               shop                1                   (default)\n"));
    }

    [Test]
    public async Task Pods_State_IsSent()
    {
        await _node.RunAsync("pods", "-s", "NotReady", "--label", "x=y", "--id", "22");
        var filter = _node.Runtime.LastListPods!.Filter;
        Assert.That((filter.Id, filter.State.State), Is.EqualTo(("22", PodSandboxState.SandboxNotready)));
        Assert.That(filter.LabelSelector["x"], Is.EqualTo("y"));
    }

    [Test]
    public async Task Pods_QuietByName_PrintsIds() =>
        Assert.That((await _node.RunAsync("pods", "-q", "--name", "web")).Output, Is.EqualTo("1111111111111111\n"));

    [Test]
    public async Task Pods_Verbose_NamesEverything() =>
        Assert.That((await _node.RunAsync("pods", "-v", "-l")).Output, Does.StartWith(
            "ID: 2222222222222222\nName: db-1\nUID: u\nNamespace: shop\nAttempt: 1\nStatus: NotReady\nCreated: 2026-11-22T11:55:00Z\n"));
}
