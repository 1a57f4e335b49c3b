using Crisp.Pods.Stats;

namespace Crisp.Pods.Tests.Stats;

public sealed class StatsHistoryTests
{
    private const long Second = 1_000_000_000;

    private readonly StatsHistory _history = new();

    [Test]
    public void NanoCores_First_IsUnknown() => Assert.That(_history.NanoCores(5, Second), Is.Null);

    [Test]
    public void NanoCores_HalfACore()
    {
        _history.NanoCores(0, Second);
        Assert.That(_history.NanoCores(1_000_000_000, 3 * Second), Is.EqualTo(500_000_000));
    }

    [Test]
    public void NanoCores_AskedTwiceAtOnce_KeepsTheRate()
    {
        _history.NanoCores(0, Second);
        _history.NanoCores(1_000_000_000, 2 * Second);
        Assert.That(_history.NanoCores(1_000_000_001, (2 * Second) + 1), Is.EqualTo(1_000_000_000));
    }

    [Test]
    public void Measuring_OneAtATime()
    {
        Assert.That(_history.TryBeginMeasuring(), Is.True);
        Assert.That(_history.TryBeginMeasuring(), Is.False);
        _history.EndMeasuring();
        Assert.That(_history.TryBeginMeasuring(), Is.True);
    }
}
