using YamlDotNet.Core;

namespace Crisp.Yaml.Tests;

public class YamlReaderTests
{
    [Test]
    public void Read_ADocument_IsATreeOfStrings() =>
        Assert.That(
            YamlReader.Read("a: 1\nb: [x, \"2\", null]\nc: {d: true}")!.ToJsonString(),
            Is.EqualTo("""{"a":"1","b":["x","2",null],"c":{"d":"true"}}"""));

    [TestCase("")]
    [TestCase("# nothing")]
    public void Read_AnEmptyDocument_IsNothing(string text) => Assert.That(YamlReader.Read(text), Is.Null);

    [TestCase("a: 1\na: 2", TestName = "Read_AKeyTwice_IsRefused")]
    [TestCase("a: &x 1\nb: *x", TestName = "Read_AnAlias_IsRefused")]
    [TestCase("a: 1\n---\nb: 2", TestName = "Read_TwoDocuments_AreRefused")]
    public void Read_Refused(string text) =>
        Assert.That(() => YamlReader.Read(text), Throws.InstanceOf<YamlException>());

    [Test]
    public void Read_NestedWithoutEnd_IsRefused() =>
        Assert.That(() => YamlReader.Read(new string('[', 10_000)), Throws.InstanceOf<YamlException>());
}
