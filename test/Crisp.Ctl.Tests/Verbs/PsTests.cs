using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class PsTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp()
    {
        _node = await FakeNode.StartAsync();
        _node.Runtime.Containers.Add(Samples.Container("1111111111111111", "old", minutesOld: 90));
        _node.Runtime.Containers.Add(
            Samples.Container("2222222222222222", "new", ContainerState.ContainerExited, minutesOld: 3));
    }

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Ps_Table_IsCrictls()
    {
        var run = await _node.RunAsync("ps");
        Assert.That(run.Output, Is.EqualTo(
            "CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD                 NAMESPACE\n"
            + "2222222222222       0123456789abc       3 minutes ago       Exited              new                 2                   podpodpodpodp       web-1               shop\n"
            + "1111111111111       0123456789abc       2 hours ago         Running             old                 2                   podpodpodpodp       web-1               shop\n"));
    }

    [Test]
    public async Task Ps_Defaults_AskForRunningOnes()
    {
        await _node.RunAsync("ps");
        Assert.That(_node.Runtime.LastListContainers!.Filter.State.State, Is.EqualTo(ContainerState.ContainerRunning));
    }

    [TestCase("-a")]
    [TestCase("--latest")]
    [TestCase("--last=1")]
    public async Task Ps_AllOrNewest_AskForEveryState(string flag)
    {
        await _node.RunAsync("ps", flag);
        Assert.That(_node.Runtime.LastListContainers!.Filter.State, Is.Null);
    }

    [Test]
    public async Task Ps_Filters_AreSent()
    {
        await _node.RunAsync("ps", "--id", "22", "-p", "pod", "-s", "Exited", "--label", "a=b", "--label", "c=d=e");
        var filter = _node.Runtime.LastListContainers!.Filter;
        Assert.That((filter.Id, filter.PodSandboxId, filter.State.State),
            Is.EqualTo(("22", "pod", ContainerState.ContainerExited)));
        Assert.That(
            filter.LabelSelector, Is.EquivalentTo(new Dictionary<string, string> { ["a"] = "b", ["c"] = "d=e" }));
    }

    [TestCase("2222222222222222\n", "-aq", "--name", "^ne")]
    [TestCase("", "-aq", "--namespace", "other")]
    [TestCase("2222222222222222\n", "-ql")]
    [TestCase("2222222222222222\n1111111111111111\n", "-q", "-n", "5")]
    public async Task Ps_NamesAndNewest_AreChosenHere(string expected, params string[] flags)
    {
        var run = await _node.RunAsync(["ps", .. flags]);
        Assert.That(run.Output, Is.EqualTo(expected));
    }

    [Test]
    public async Task Ps_NoTrunc_ShowsWholeIds()
    {
        var run = await _node.RunAsync("ps", "--no-trunc");
        Assert.That(run.Lines[1], Does.StartWith("2222222222222222").And.Contain("sha256:0123456789abcdef0123"));
    }

    [Test]
    public async Task Ps_ImageFilterAndPath_GoByTheImagesId()
    {
        _node.Images.Images.Add(new Image { Id = "sha256:0123456789abcdef0123", RepoTags = { "shop/web:1" } });
        Assert.That((await _node.RunAsync("ps", "-aq", "--image", "shop/web:1")).Lines, Has.Length.EqualTo(2));
        Assert.That((await _node.RunAsync("ps", "-aq", "--image", "other")).Lines, Is.Empty);
        Assert.That((await _node.RunAsync("ps", "-a", "-r")).Lines[1], Does.Contain("shop/web:1"));
    }

    [Test]
    public async Task Ps_Json_IsProtobufsWithDefaults()
    {
        var run = await _node.RunAsync("ps", "-o", "json", "--latest");
        Assert.That(run.Output, Does.StartWith("{\n  \"containers\": [\n    {\n      \"id\": \"2222222222222222\",\n"));
        Assert.That(run.Output, Does.Contain("\"state\": \"CONTAINER_EXITED\"").And.Contain("\"annotations\": {}")
            .And.Contain($"\"createdAt\": \"{_node.Runtime.Containers[1].CreatedAt}\""));
    }

    [Test]
    public async Task Ps_Yaml_HasTheSame()
    {
        var run = await _node.RunAsync("ps", "-o", "yaml", "--latest");
        Assert.That(run.Output, Does.StartWith("containers:\n- annotations: {}\n  createdAt: \""));
    }

    [Test]
    public async Task Ps_BadPattern_IsExplained()
    {
        var run = await _node.RunAsync("ps", "--name", "(");
        Assert.That(run.Error, Does.StartWith("crispctl: \"(\" is not a regular expression"));
    }
}
