using Crisp.Grpc.Wire;

namespace Crisp.Grpc.Tests.Wire;

internal sealed class StatusMessageTests
{
    [TestCase("plain text", "plain text")]
    [TestCase("100%", "100%25")]
    [TestCase("ä\n", "%C3%A4%0A")]
    [TestCase("容器", "%E5%AE%B9%E5%99%A8")]
    [TestCase("", "")]
    public void Encode_AndDecode(string message, string encoded)
    {
        Assert.That(StatusMessage.Encode(message), Is.EqualTo(encoded));
        Assert.That(StatusMessage.Decode(encoded), Is.EqualTo(message));
    }

    [TestCase("50% off", "50% off")]
    [TestCase("%4", "%4")]
    [TestCase("%zz%41", "%zzA")]
    public void Decode_InvalidEscape_StaysAsItIs(string encoded, string message) =>
        Assert.That(StatusMessage.Decode(encoded), Is.EqualTo(message));
}
