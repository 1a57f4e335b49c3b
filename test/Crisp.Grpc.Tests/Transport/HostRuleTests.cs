using System.Text;
using Crisp.Grpc.Hpack;
using Crisp.Grpc.Transport;

namespace Crisp.Grpc.Tests.Transport;

internal sealed class HostRuleTests
{
    [TestCase("", true)]
    [TestCase("localhost", true)]
    [TestCase("node-1.example.org:10250", true)]
    [TestCase("127.0.0.1", true)]
    [TestCase("[fe80::1]", true)]
    [TestCase("[::1]:443", true)]
    [TestCase("/run/x.sock", false)]
    [TestCase("%2Frun%2Fx.sock", false)]
    [TestCase("unix:/run/x.sock", false)]
    [TestCase("a b", false)]
    [TestCase("host:port", false)]
    [TestCase("host:123456", false)]
    [TestCase("[fe80::1", false)]
    [TestCase("[]", false)]
    [TestCase(":80", false)]
    [TestCase("user@host", false)]
    public void IsSatisfied_Authority(string host, bool isSatisfied)
    {
        var field = new HeaderField([.. ":authority"u8], Encoding.ASCII.GetBytes(host));

        Assert.That(HostRule.IsSatisfied(field), Is.EqualTo(isSatisfied));
        Assert.That(HostRule.Apply(field).Value, Is.EqualTo(Encoding.ASCII.GetBytes(isSatisfied ? host : "localhost")));
    }

    [Test]
    public void IsSatisfied_OtherField_Always() =>
        Assert.That(HostRule.IsSatisfied(new HeaderField([.. ":path"u8], [.. "/run/x.sock"u8])), Is.True);
}
