using Crisp.Ctl.Output;

namespace Crisp.Ctl.Tests.Output;

public sealed class Rfc3339Tests
{
    private static readonly TimeZoneInfo s_halfEast =
        TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromMinutes(330), "test", "test");

    [TestCase(0, "1970-01-01T00:00:00Z")]
    [TestCase(1_500_000_000, "1970-01-01T00:00:01.5Z")]
    [TestCase(1_795_348_800_123_456_789, "2026-11-22T12:00:00.123456789Z")]
    [TestCase(-1, "1969-12-31T23:59:59.999999999Z")]
    public void Of_Utc_KeepsEveryNanosecond(long nanos, string expected) =>
        Assert.That(Rfc3339.Of(nanos, TimeZoneInfo.Utc), Is.EqualTo(expected));

    [Test]
    public void Of_OtherZone_NamesItsOffset() =>
        Assert.That(Rfc3339.Of(0, s_halfEast), Is.EqualTo("1970-01-01T05:30:00+05:30"));
}
