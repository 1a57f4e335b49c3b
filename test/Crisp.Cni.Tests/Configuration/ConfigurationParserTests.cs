using System.Text;
using Crisp.Cni.Configuration;

namespace Crisp.Cni.Tests.Configuration;

public sealed class ConfigurationParserTests
{
    [Test]
    public void ParseSingle_Plugin_BecomesAListOfOneThatParsesAgain()
    {
        var single = ConfigurationParser.ParseSingle(Bytes(
            """{"cniVersion":"0.3.1","name":"n","type":"bridge","capabilities":{"portMappings":true,"dns":false},"bridge":"cni0"}"""));
        var again = NetworkConfigurationList.Parse(single.Json);
        Assert.Multiple(() =>
        {
            Assert.That((again.Name, again.Version.ToString(), again.Plugins.Count), Is.EqualTo(("n", "0.3.1", 1)));
            Assert.That(again.Plugins[0].Capabilities, Is.EqualTo(new[] { "portMappings" }));
            Assert.That(again.Plugins[0].OpenObject.ToArray(), Is.EqualTo(single.Plugins[0].OpenObject.ToArray()));
        });
    }

    [TestCase("\"cniVersion\":\"0.3.1\",", "0.3.1")]
    [TestCase("\"cniVersion\":\"1.1.0\",", "1.1.0")]
    [TestCase("\"cniVersion\":\"0.4.0\",\"cniVersions\":[\"1.0.0\",\"2.0.0\"],", "1.0.0")]
    [TestCase("\"cniVersions\":[\"0.4.0\",\"0.3.1\"],", "0.4.0")]
    [TestCase("", "0.1.0")]
    public void ParseList_Versions_HighestSpokenWins(string versions, string expected) =>
        Assert.That(
            ConfigurationParser.ParseList(Bytes($$"""{ {{versions}} "name":"n","plugins":[{"type":"p"}]}"""))
                .Version.ToString(),
            Is.EqualTo(expected));

    [TestCase("", "it is not JSON")]
    [TestCase("[]", "it is not a JSON object")]
    [TestCase("{}", "it has no \"plugins\"")]
    [TestCase("{\"name\":\"n\",\"plugins\":[]}", "its list of plugins is empty")]
    [TestCase("{\"plugins\":[{\"type\":\"p\"}]}", "it has no \"name\"")]
    [TestCase("{\"name\":\"-n\",\"plugins\":[{\"type\":\"p\"}]}", "the name \"-n\" is not a network name")]
    [TestCase("{\"name\":5,\"plugins\":[{\"type\":\"p\"}]}", "\"name\" is not a string")]
    [TestCase("{\"name\":\"n\",\"plugins\":[{}]}", "a plugin has no \"type\"")]
    [TestCase("{\"name\":\"n\",\"plugins\":[7]}", "an entry of \"plugins\" is not an object")]
    [TestCase("{\"name\":\"n\",\"plugins\":[{\"type\":\"../../bin/sh\"}]}",
        "the plugin type \"../../bin/sh\" is not a plain file name")]
    [TestCase("{\"name\":\"n\",\"cniVersion\":\"2.0.0\",\"plugins\":[{\"type\":\"p\"}]}",
        "crisp speaks CNI 0.1.0 to 1.1.0, it asks for 2.0.0")]
    [TestCase("{\"name\":\"n\",\"disableCheck\":3,\"plugins\":[{\"type\":\"p\"}]}",
        "\"disableCheck\" is neither true nor false")]
    [TestCase("{\"name\":\"n\",\"plugins\":[{\"type\":\"p\",\"capabilities\":[]}]}",
        "a plugin's \"capabilities\" is not an object")]
    public void ParseList_Unusable_SaysWhy(string text, string reason)
    {
        var error = Assert.Throws<FormatException>(() => ConfigurationParser.ParseList(Bytes(text)))!;
        Assert.That(error.Message, Does.StartWith(reason));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
