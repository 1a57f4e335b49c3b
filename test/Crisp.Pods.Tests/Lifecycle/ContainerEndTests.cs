using Crisp.MonitorProtocol;
using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Lifecycle;

public sealed class ContainerEndTests
{
    [TestCase(0, 0, false, ExitReasons.Completed)]
    [TestCase(1, 0, false, ExitReasons.Error)]
    [TestCase(137, 9, false, ExitReasons.Error)]
    [TestCase(137, 9, true, ExitReasons.OomKilled)]
    [TestCase(
        0, 0, true, ExitReasons.Completed, Description = "a child was killed for memory, the container ended well")]
    [TestCase(143, 15, true, ExitReasons.Error, Description = "it was stopped, after a child was killed for memory")]
    [TestCase(137, 0, true, ExitReasons.OomKilled, Description = "a shell passes on the end of its only child")]
    public void Of_Exit_HasTheReason(int code, int signal, bool oom, string reason)
    {
        var end = ContainerEnd.Of(new ExitRecord(code, signal == 0 ? null : signal, oom, 42, null), killAtNanos: 0);
        Assert.That((end.ExitCode, end.Reason, end.FinishedAtNanos), Is.EqualTo((code, reason, 42L)));
    }

    [TestCase(41, ExitReasons.Error, Description = "the stop's own SIGKILL; memory ran out in a child before")]
    [TestCase(43, ExitReasons.OomKilled, Description = "within the grace period")]
    public void Of_Exit_AfterAStop_IsAnOomKillOnlyBeforeItsSigkill(long killAtNanos, string reason) =>
        Assert.That(ContainerEnd.Of(new ExitRecord(137, 9, true, 42, null), killAtNanos).Reason, Is.EqualTo(reason));

    [Test]
    public void NotStarted_HasTheRuntimesWords()
    {
        var end = ContainerEnd.NotStarted("no such file", 5);
        Assert.That(end, Is.EqualTo(new ContainerEnd(128, ExitReasons.StartError, "no such file", 5)));
    }
}
