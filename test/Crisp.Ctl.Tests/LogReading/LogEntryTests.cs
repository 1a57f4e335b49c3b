using System.Text;
using Crisp.Ctl.LogReading;

namespace Crisp.Ctl.Tests.LogReading;

public sealed class LogEntryTests
{
    [TestCase("2026-11-22T12:00:00.123456789Z stdout F hello  world ", false, false, "hello  world ")]
    [TestCase("2026-11-22T12:00:00.1+01:00 stderr P part", true, true, "part")]
    [TestCase("t stdout F:more ", false, false, "")]
    public void TryParse_Line_HasItsParts(string line, bool isError, bool isPartial, string content)
    {
        Assert.That(LogEntry.TryParse(Encoding.UTF8.GetBytes(line), out var entry));
        Assert.That((entry.IsError, entry.IsPartial, Encoding.UTF8.GetString(entry.Content)),
            Is.EqualTo((isError, isPartial, content)));
    }

    [TestCase("")]
    [TestCase("no log line")]
    [TestCase("2026-11-22T12:00:00Z stdin F x")]
    [TestCase("2026-11-22T12:00:00Z stdout")]
    public void TryParse_Other_IsNot(string line) =>
        Assert.That(LogEntry.TryParse(Encoding.UTF8.GetBytes(line), out _), Is.False);

    [TestCase("2026-11-22T11:59:59.999999999Z", true)]
    [TestCase("2026-11-22T12:00:00.000000000Z", false)]
    [TestCase("2026-11-22T12:59:59.999999999+01:00", true)]
    [TestCase("yesterday", false)]
    public void IsBefore_Time_IsCompared(string time, bool expected)
    {
        Assert.That(LogEntry.TryParse(Encoding.UTF8.GetBytes($"{time} stdout F x"), out var entry));
        Assert.That(entry.IsBefore(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)), Is.EqualTo(expected));
    }
}
