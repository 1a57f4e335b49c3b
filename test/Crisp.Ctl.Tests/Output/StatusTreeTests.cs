using System.Text.Json.Nodes;
using Crisp.Ctl.Output;

namespace Crisp.Ctl.Tests.Output;

public sealed class StatusTreeTests
{
    [Test]
    public void Of_Info_IsJsonWhereItIs()
    {
        var tree = StatusTree.Of(
            [],
            new Dictionary<string, string> { ["object"] = """{"x":1}""", ["text"] = "\"quoted\"", ["broken"] = "{x" });
        Assert.That(
            tree.ToJsonString(), Is.EqualTo("""{"status":{},"object":{"x":1},"text":"quoted","broken":"{x"}"""));
    }

    [Test]
    public void Combine_Several_AreAListWithSortedKeys() =>
        Assert.That(
            StatusTree.Combine([new JsonObject { ["b"] = 1, ["a"] = 2 }, []]).ToJsonString(),
            Is.EqualTo("""[{"a":2,"b":1},{}]"""));
}
