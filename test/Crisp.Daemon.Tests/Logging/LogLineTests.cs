using Crisp.Daemon.Logging;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Tests.Logging;

public sealed class LogLineTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch.AddMilliseconds(1);

    [Test]
    public void Line_ShowsTimeLevelMessageAndTheValuesTheMessageDoesNotShow() =>
        Assert.That(
            LogLine.Format(Time, LogLevel.Warning, "stop container abc",
                Values("stop {What} {Id}", ("What", "container"), ("Id", "abc"), ("Pod", "p1")), null),
            Is.EqualTo("1970-01-01T00:00:00.001Z warn  stop container abc Pod=p1\n"));

    [Test]
    public void ControlCharacters_CannotBreakOrForgeALine() =>
        Assert.That(
            LogLine.Format(Time, LogLevel.Information, "name a\nb\x1b[31m", null, null),
            Is.EqualTo("1970-01-01T00:00:00.001Z info  name a\\nb\\x1b[31m\n"));

    [Test]
    public void Exception_IsOneSentenceInAWarning_AndAStackInAnError()
    {
        var error = new InvalidOperationException("no\nluck");
        Assert.That(LogLine.Format(Time, LogLevel.Warning, "m", null, error), Does.EndWith(" m: no\\nluck\n"));
        Assert.That(LogLine.Format(Time, LogLevel.Error, "m", null, error),
            Does.EndWith(" m: no\\nluck\n    System.InvalidOperationException: no\n    luck\n"));
    }

    private static List<KeyValuePair<string, object?>> Values(
        string template, params (string Key, object? Value)[] values) =>
        [.. values.Select(v => KeyValuePair.Create(v.Key, v.Value)),
            KeyValuePair.Create("{OriginalFormat}", (object?)template)];
}
