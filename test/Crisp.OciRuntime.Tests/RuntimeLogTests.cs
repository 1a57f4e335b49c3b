namespace Crisp.OciRuntime.Tests;

public class RuntimeLogTests
{
    [Test]
    public void LastError_OfNoFile_IsNull() => Assert.That(RuntimeLog.LastError("/nonexistent/log"), Is.Null);

    [Test]
    public void LastError_OfALongLog_IsAtItsEnd()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("{\"level\":\"debug\",\"msg\":\"x\"}\n", 100_000))
            + "{\"level\":\"error\",\"msg\":\"at last\"}\n");
        var error = RuntimeLog.LastError(path);
        File.Delete(path);
        Assert.That(error, Is.EqualTo("at last"));
    }
}
