using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Streaming;

namespace Crisp.Ctl.Tests.Streaming;

public sealed class ForwardedPortTests
{
    [TestCase("80", 80, 80)]
    [TestCase("8080:80", 8080, 80)]
    [TestCase(":80", 0, 80)]
    [TestCase("0:65535", 0, 65535)]
    public void Parse_Port_IsLocalAndRemote(string text, int local, int remote) =>
        Assert.That(ForwardedPort.Parse(text), Is.EqualTo(new ForwardedPort((ushort)local, (ushort)remote)));

    [TestCase("")]
    [TestCase("0")]
    [TestCase("80:0")]
    [TestCase("70000")]
    [TestCase("-1")]
    [TestCase("a:80")]
    [TestCase("1:2:3")]
    [TestCase("80:")]
    public void Parse_NoPort_IsRefused(string text) =>
        Assert.That(
            () => ForwardedPort.Parse(text), Throws.InstanceOf<UsageException>().With.Message.Contains("is no port"));
}
