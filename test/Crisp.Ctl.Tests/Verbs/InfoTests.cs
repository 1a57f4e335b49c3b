using System.Text.Json.Nodes;
using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class InfoTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp()
    {
        _node = await FakeNode.StartAsync();
        _node.Runtime.StatusAnswer = new StatusResponse
        {
            Status = new RuntimeStatus
            {
                Conditions =
                {
                    new RuntimeCondition { Type = "RuntimeReady", Status = true },
                    new RuntimeCondition
                    {
                        Type = "NetworkReady",
                        Reason = "NetworkPluginNotReady",
                        Message = "no configuration"
                    },
                },
            },
            RuntimeHandlers = { new RuntimeHandler { Name = "crun" } },
            Info = { ["config"] = """{"x":1}""" },
        };
    }

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Info_Json_HasConditionsHandlersAndInfo()
    {
        var tree = JsonNode.Parse((await _node.RunAsync("info")).Output)!;
        Assert.That(tree["status"]!["conditions"]![1]!["reason"]!.ToString(), Is.EqualTo("NetworkPluginNotReady"));
        Assert.That(tree["runtimeHandlers"]![0]!["name"]!.ToString(), Is.EqualTo("crun"));
        Assert.That(tree["config"]!["x"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(((StatusRequest)_node.Runtime.Requests.Single()).Verbose);
    }

    [Test]
    public async Task Info_Table_ListsConditions() =>
        Assert.That((await _node.RunAsync("info", "-q", "-o", "table")).Lines[2],
            Does.Match("^NetworkReady +false +NetworkPluginNotReady +no configuration$"));

    [Test]
    public async Task Version_Prints_NamesAndVersions() =>
        Assert.That((await _node.RunAsync("version")).Output, Is.EqualTo(
            "Version:  0.1.0\nRuntimeName:  fake\nRuntimeVersion:  1.2.3\nRuntimeApiVersion:  v1\n"));

    [TestCase("bash", "complete -o filenames -F _crispctl crispctl")]
    [TestCase("zsh", "bashcompinit")]
    [TestCase("fish", "-a inspectp -d 'Show all about pods'")]
    public async Task Completion_Shell_IsServed(string shell, string expected) =>
        Assert.That((await _node.RunAsync("completion", shell)).Output, Does.Contain(expected));
}
