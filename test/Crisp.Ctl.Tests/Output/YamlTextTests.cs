using System.Text.Json.Nodes;
using Crisp.Ctl.Documents;
using Crisp.Ctl.Output;

namespace Crisp.Ctl.Tests.Output;

public sealed class YamlTextTests
{
    [Test]
    public void Of_Tree_IsBlockYamlWithSortedKeys() =>
        Assert.That(
            YamlText.Of(JsonNode.Parse(
                """{"b":[{"y":1,"x":"t"},[2,3],{}],"a":{"n":null,"e":[],"t":true},"c":"plain text"}""")!),
            Is.EqualTo("""
                a:
                  e: []
                  "n": null
                  t: true
                b:
                - x: t
                  "y": 1
                - - 2
                  - 3
                - {}
                c: plain text

                """));

    [TestCase("true")]
    [TestCase("1")]
    [TestCase("1.10")]
    [TestCase("0x1f")]
    [TestCase("1e3")]
    [TestCase("~")]
    [TestCase("")]
    [TestCase("a: b")]
    [TestCase("a #b")]
    [TestCase("- a")]
    [TestCase("it's")]
    [TestCase("[x")]
    [TestCase(" lead")]
    [TestCase("trail ")]
    [TestCase("two\nlines\ttab \"q\" \\ \u0001")]
    [TestCase("sha256:abc")]
    [TestCase("ends:")]
    [TestCase("@at")]
    [TestCase("2026-11-22T12:00:00Z")]
    public void Of_AwkwardText_ComesBackAsItWas(string text)
    {
        var yaml = YamlText.Of(new JsonObject { ["key"] = text });
        Assert.That(DocumentText.Parse(yaml, "test")!["key"]!.GetValue<string>(), Is.EqualTo(text), yaml);
    }
}
