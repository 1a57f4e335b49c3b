using System.Text;
using Crisp.Streaming.RemoteCommand;

namespace Crisp.Streaming.Tests.RemoteCommand;

/// <summary>The form that kubelet's own server writes.</summary>
public class ExitMessageTests
{
    [TestCase(0, """{"metadata":{},"status":"Success"}""")]
    [TestCase(
        7,
        """{"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: exit code 7","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"7"}]}}""")]
    public void ExitCode_AsStatus(int code, string json)
    {
        var bytes = ExitMessage.Write(ExitMessage.OfExitCode(code));

        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo(json));
            Assert.That(ExitMessage.ExitCodeOf(ExitMessage.Read(bytes)!), Is.EqualTo(code));
        });
    }

    [Test]
    public void Error_IsNoExitCode()
    {
        var error = ExitMessage.Read(ExitMessage.Write(ExitMessage.OfError("no such container")))!;

        Assert.That((error.Message, error.Code, ExitMessage.ExitCodeOf(error)),
            Is.EqualTo(("no such container", 500, (int?)null)));
    }

    [TestCase("")]
    [TestCase("command terminated")]
    [TestCase("[]")]
    public void Read_NoStatus_IsNull(string text) =>
        Assert.That(ExitMessage.Read(Encoding.UTF8.GetBytes(text)), Is.Null);
}
