using System.Text;
using Crisp.Monitor.Container;

namespace Crisp.Monitor.Tests.Container;

public sealed class RuntimeLogTests
{
    [TestCase("""{"msg":"exec failed: \"x\" not found","level":"error","time":"t"}""", "exec failed: \"x\" not found")]
    [TestCase("""{"level":"error","msg":"a\u003cb\ncd","time":"t"}""", "a<b cd")]
    [TestCase("""{"level": "error", "msg": "Ü \\ x"}""", "Ü \\ x")]
    [TestCase("{\"level\":\"error\",\"msg\":\"first\"}\n{\"level\":\"error\",\"msg\":\"last\"}\n", "last")]
    [TestCase("{\"level\":\"error\",\"msg\":\"wrong\"}\n{\"level\":\"warning\",\"msg\":\"also\"}\n", "wrong")]
    [TestCase("{\"level\":\"warning\",\"msg\":\"only\"}\n", "only")]
    [TestCase("{\"level\":\"error\",\"msg\":\"cut o", "cut o")]
    [TestCase("{\"level\":\"error\",\"msg\":\"\\ud800x\"}", "?x")]
    [TestCase("", null)]
    [TestCase("\n\n", null)]
    [TestCase("no json", null)]
    [TestCase("{\"msg\"", null)]
    public void LastError_OfALog(string log, string? message) =>
        Assert.That(RuntimeLog.LastError(Encoding.UTF8.GetBytes(log)), Is.EqualTo(message));
}
