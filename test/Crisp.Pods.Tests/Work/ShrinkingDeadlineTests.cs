using Crisp.Pods.Tests.Fakes;
using Crisp.Pods.Work;

namespace Crisp.Pods.Tests.Work;

public sealed class ShrinkingDeadlineTests
{
    private readonly ManualTime _time = new();

    [Test]
    public void Reached_NeverSet_NeverComes()
    {
        var deadline = new ShrinkingDeadline(_time);
        _time.Advance(TimeSpan.FromDays(10_000));
        Assert.That(deadline.Reached.IsCompleted, Is.False);
    }

    [Test]
    public void TryShorten_Earlier_MovesIt()
    {
        var deadline = new ShrinkingDeadline(_time);
        deadline.TryShorten(_time.GetUtcNow().AddSeconds(30));
        Assert.That(deadline.TryShorten(_time.GetUtcNow().AddSeconds(2)), Is.True);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(deadline.Reached.IsCompleted, Is.True);
    }

    [Test]
    public void TryShorten_Later_ChangesNothing()
    {
        var deadline = new ShrinkingDeadline(_time);
        deadline.TryShorten(_time.GetUtcNow().AddSeconds(2));
        Assert.That(deadline.TryShorten(_time.GetUtcNow().AddSeconds(30)), Is.False);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(deadline.Reached.IsCompleted, Is.True);
    }

    [Test]
    public void TryShorten_ToThePast_IsReachedAtOnce()
    {
        var deadline = new ShrinkingDeadline(_time);
        deadline.TryShorten(_time.GetUtcNow());
        Assert.That(deadline.Reached.IsCompleted, Is.True);
    }

    [Test]
    public void TryShorten_BeyondWhatATimerCanRun_IsNotReachedEarly()
    {
        var deadline = new ShrinkingDeadline(_time);
        deadline.TryShorten(_time.GetUtcNow().AddDays(3650));
        _time.Advance(TimeSpan.FromDays(100));
        Assert.That(deadline.Reached.IsCompleted, Is.False);
    }
}
