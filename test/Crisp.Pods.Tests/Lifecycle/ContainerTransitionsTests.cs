using Crisp.Errors;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Lifecycle;

internal sealed class ContainerTransitionsTests
{
    private static readonly ContainerEnd End = new(3, ExitReasons.Error, "", 50);

    [Test]
    public void ToStarting_Created_HasAStartTime() =>
        Assert.That(Record(ContainerStage.Created).ToStarting(9),
            Has.Property("Stage").EqualTo(ContainerStage.Starting).And.Property("StartedAtNanos").EqualTo(9));

    [TestCase(ContainerStage.Starting, "running already")]
    [TestCase(ContainerStage.Running, "running already")]
    [TestCase(ContainerStage.Exited, "has ended")]
    [TestCase(ContainerStage.Released, "has ended")]
    public void ToStarting_Otherwise_IsFailedPrecondition(ContainerStage stage, string why) => Assert.That(
        () => Record(stage).ToStarting(9),
        Throws.TypeOf<CrispException>()
            .With.Property("Kind").EqualTo(ErrorKind.FailedPrecondition).And.Message.Contains(why));

    [Test]
    public void ToRunning_EndedMeanwhile_StaysEnded() =>
        Assert.That(Record(ContainerStage.Exited).ToRunning().Stage, Is.EqualTo(ContainerStage.Exited));

    [Test]
    public void ToExited_ClockWentBack_FinishIsNotBeforeTheStart()
    {
        var record = Record(ContainerStage.Running) with { StartedAtNanos = 80 };
        Assert.That(record.ToExited(End).FinishedAtNanos, Is.EqualTo(80));
    }

    [Test]
    public void ToExited_Twice_TheFirstCounts()
    {
        var once = Record(ContainerStage.Running).ToExited(End);
        Assert.That(once.ToExited(End with { ExitCode = 0 }), Is.SameAs(once));
    }

    [Test]
    public void ToReleased_OnlyAfterTheExit()
    {
        Assert.That(Record(ContainerStage.Exited).ToReleased().Stage, Is.EqualTo(ContainerStage.Released));
        Assert.That(Record(ContainerStage.Running).ToReleased().Stage, Is.EqualTo(ContainerStage.Running));
    }

    [Test]
    public void WithKillAt_Later_IsNoNews()
    {
        var record = Record(ContainerStage.Running).WithKillAt(100);
        Assert.That(record.WithKillAt(200), Is.SameAs(record));
        Assert.That(record.WithKillAt(50).KillAtNanos, Is.EqualTo(50));
    }

    private static ContainerRecord Record(ContainerStage stage) => TemporaryNode.ContainerRecord(stage);
}
