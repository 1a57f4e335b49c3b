using System.Globalization;
using System.Text;
using Crisp.Monitor.Log;

namespace Crisp.Monitor.Tests.Log;

public sealed class LogTimestampTests
{
    [TestCase(0, "1970-01-01T00:00:00.000000000Z")]
    [TestCase(1_785_578_400_123_456_789, "2026-08-01T10:00:00.123456789Z")]
    [TestCase(1_709_251_199_999_999_999, "2024-02-29T23:59:59.999999999Z")]
    [TestCase(4_102_444_800_000_000_001, "2100-01-01T00:00:00.000000001Z")]
    public void Format_Nanoseconds_IsRfc3339(long nanos, string text) =>
        Assert.That(Encoding.ASCII.GetString(new LogTimestamp().Format(nanos)), Is.EqualTo(text));

    [Test]
    public void Format_AnyMoment_AgreesWithTheClassLibrary()
    {
        var timestamp = new LogTimestamp();
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var ticks = random.NextInt64(0, 92_000_000_000_000_000);
            var expected = DateTime.UnixEpoch.AddTicks(ticks).ToString(
                "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
            Assert.That(Encoding.ASCII.GetString(timestamp.Format(ticks * 100)), Is.EqualTo(expected + "00Z"));
        }
    }
}
