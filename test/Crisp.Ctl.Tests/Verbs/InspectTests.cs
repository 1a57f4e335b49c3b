using System.Text.Json.Nodes;
using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class InspectTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp()
    {
        _node = await FakeNode.StartAsync();
        _node.Runtime.Containers.Add(Samples.Container("1111111111111111"));
        _node.Runtime.Containers.Add(Samples.Container("2222222222222222", state: ContainerState.ContainerCreated));
        _node.Runtime.Pods.Add(Samples.Pod("3333333333333333"));
    }

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Inspect_One_IsAnObjectWithReadableTimes()
    {
        var status = JsonNode.Parse((await _node.RunAsync("inspect", "1111")).Output)!["status"]!;
        Assert.That(
            (status["id"]!.ToString(),
                status["createdAt"]!.ToString(), status["startedAt"]!.ToString(), status["finishedAt"]!.ToString()),
            Is.EqualTo(("1111111111111111", "2026-11-22T11:55:00Z", "2026-11-22T11:55:01.5Z", "0001-01-01T00:00:00Z")));
        Assert.That(status["state"]!.ToString(), Is.EqualTo("CONTAINER_RUNNING"));
    }

    [Test]
    public async Task Inspect_Several_IsAList()
    {
        var list = JsonNode.Parse((await _node.RunAsync("inspect", "1111", "2222")).Output) as JsonArray;
        Assert.That(list, Has.Count.EqualTo(2));
        Assert.That(
            list![1]!["status"]!["startedAt"]!.ToString(), Is.EqualTo("0001-01-01T00:00:00Z"), "it was never started");
    }

    [Test]
    public async Task Inspect_Unknown_SaysWhatTheRuntimeSaid() =>
        Assert.That(await _node.RunAsync("inspect", "9999"), Is.EqualTo(
            new CtlRun(1, "", "crispctl: container \"9999\" not found (NotFound)\n")));

    [Test]
    public async Task Inspect_ByFilter_FindsItsIds() =>
        Assert.That((await _node.RunAsync("inspect", "--name", "app", "-l")).ExitCode, Is.Zero);

    [Test]
    public async Task Inspect_Table_IsReadable() =>
        Assert.That((await _node.RunAsync("inspect", "-o", "table", "1111")).Output, Does.StartWith(
            "ID: 1111111111111111\nName: app\nAttempt: 2\nState: CONTAINER_RUNNING\nCreated: 5 minutes ago\nStarted: 4 minutes ago\n"));

    [Test]
    public async Task InspectPod_Info_IsSortedJson()
    {
        var output = (await _node.RunAsync("inspectp", "3333")).Output;
        Assert.That(
            output,
            Does.StartWith(
                "{\n  \"info\": {\n    \"alpha\": {\n      \"a\": 1,\n      \"b\": 2\n    },\n    \"zeta\": 1\n  },\n  \"status\": {"));
        Assert.That(JsonNode.Parse(output)!["status"]!["network"]!["additionalIps"]![0]!["ip"]!.ToString(),
            Is.EqualTo("fd00::5"));
    }

    [Test]
    public async Task InspectPod_Quiet_AsksForNoInfo() =>
        Assert.That(JsonNode.Parse((await _node.RunAsync("inspectp", "-q", "3333")).Output)!.AsObject()
            .ContainsKey("info"), Is.False);

    [Test]
    public async Task InspectPod_Table_ListsEveryAddress() =>
        Assert.That((await _node.RunAsync("inspectp", "-o", "table", "3333")).Output,
            Does.Contain("IP Addresses: 10.0.0.5\nAdditional IP: fd00::5\n"));
}
