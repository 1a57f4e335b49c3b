using Crisp.Grpc.Wire;

namespace Crisp.Grpc.Tests.Wire;

internal sealed class GrpcTimeoutTests
{
    [TestCase("1H", 3_600_000_000)]
    [TestCase("2M", 120_000_000)]
    [TestCase("3S", 3_000_000)]
    [TestCase("4m", 4_000)]
    [TestCase("5u", 5)]
    [TestCase("6000n", 6)]
    [TestCase("99999999H", 359_999_996_400_000_000)]
    [TestCase("0S", 0)]
    public void TryParse_Valid(string text, long microseconds)
    {
        Assert.That(GrpcTimeout.TryParse(text, out var timeout), Is.True);
        Assert.That(timeout, Is.EqualTo(TimeSpan.FromMicroseconds(microseconds)));
    }

    [TestCase("")]
    [TestCase("S")]
    [TestCase("5")]
    [TestCase("5s")]
    [TestCase("+5S")]
    [TestCase(" 5S")]
    [TestCase("1.5S")]
    [TestCase("123456789S")]
    public void TryParse_Invalid(string text) => Assert.That(GrpcTimeout.TryParse(text, out _), Is.False);

    [TestCase(0, "0m")]
    [TestCase(1.2, "1200m")]
    [TestCase(99_999, "99999000m")]
    [TestCase(200_000, "200000S")]
    [TestCase(-1, "0m")]
    public void Format_Seconds(double seconds, string text) =>
        Assert.That(GrpcTimeout.Format(TimeSpan.FromSeconds(seconds)), Is.EqualTo(text));
}
