using Crisp.Ctl.CommandLine;

namespace Crisp.Ctl.Tests.CommandLine;

public sealed class GoDurationTests
{
    [TestCase("10s", 10_000)]
    [TestCase("1m30s", 90_000)]
    [TestCase("1.5h", 5_400_000)]
    [TestCase("250ms", 250)]
    [TestCase("0", 0)]
    [TestCase("7", 7_000)]
    public void TryParse_Durations_AreRead(string text, int milliseconds)
    {
        Assert.That(GoDuration.TryParse(text, out var duration));
        Assert.That(duration, Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [TestCase("")]
    [TestCase("s")]
    [TestCase("10x")]
    [TestCase("-5s")]
    [TestCase("1m30")]
    [TestCase("99999999999999h")]
    public void TryParse_Others_AreNot(string text) => Assert.That(GoDuration.TryParse(text, out _), Is.False);
}
