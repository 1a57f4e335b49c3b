using Crisp.Ctl.CommandLine;
using Crisp.Ctl.LogReading;
using Crisp.Ctl.Tests.Fakes;

namespace Crisp.Ctl.Tests.LogReading;

public sealed class SinceTimeTests
{
    [TestCase("42m", "2026-11-22T11:18:00Z")]
    [TestCase("2026-01-02T13:23:37Z", "2026-01-02T13:23:37Z")]
    [TestCase("2026-01-02T13:23:37", "2026-01-02T13:23:37Z")]
    [TestCase("2026-01-02T13:23:37+02:00", "2026-01-02T11:23:37Z")]
    [TestCase("1700000000", "2023-11-14T22:13:20Z")]
    public void Parse_Text_IsATime(string text, string expected) =>
        Assert.That(SinceTime.Parse(text, new FixedClock()), Is.EqualTo(DateTimeOffset.Parse(expected)));

    [Test]
    public void Parse_Nothing_IsNone() => Assert.That(SinceTime.Parse("", new FixedClock()), Is.Null);

    [TestCase("whenever")]
    [TestCase("99999999999999999")]
    public void Parse_Other_IsRefused(string text) =>
        Assert.Throws<UsageException>(() => SinceTime.Parse(text, new FixedClock()));
}
