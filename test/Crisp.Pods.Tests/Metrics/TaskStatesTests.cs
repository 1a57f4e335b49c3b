using Crisp.Pods.Metrics;

namespace Crisp.Pods.Tests.Metrics;

public sealed class TaskStatesTests
{
    [TestCase("17 (sh) S 1 17", 'S')]
    [TestCase("17 (a) R (b) D 1 17", 'D')]
    [TestCase("17 (sh)", null)]
    [TestCase("", null)]
    public void LetterOf_IsTheFirstFieldAfterTheName(string stat, char? letter) =>
        Assert.That(TaskStates.LetterOf(stat), Is.EqualTo(letter));

    [Test]
    public void With_CountsEachLetterAsItsState()
    {
        var states = "RSSIDTtZ".Aggregate(new TaskStates(), (counted, letter) => counted.With(letter));

        Assert.That(states.ByName(), Is.EqualTo(new[]
        {
            ("sleeping", 3UL), ("running", 1UL), ("stopped", 2UL), ("uninterruptible", 1UL),
        }));
    }

    [Test]
    public void Of_AProcess_HasItsThreads_UpToTheBound()
    {
        Assert.That(Total(TaskStates.Of([Environment.ProcessId], 1024)), Is.GreaterThan(1));
        Assert.That(Total(TaskStates.Of([Environment.ProcessId], 1)), Is.EqualTo(1));
    }

    [Test]
    public void Of_NoProcess_IsNone() => Assert.That(Total(TaskStates.Of([int.MaxValue], 1024)), Is.Zero);

    private static ulong Total(TaskStates states) =>
        states.ByName().Aggregate(0UL, (total, state) => total + state.Count);
}
