using Crisp.Daemon.Logging;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Tests.Logging;

public sealed class LoggersTests
{
    [TestCase(LogLevel.Information, LogLevel.Warning)]
    [TestCase(LogLevel.Error, LogLevel.Error)]
    [TestCase(LogLevel.Debug, LogLevel.Warning)]
    [TestCase(LogLevel.Trace, LogLevel.Trace)]
    public void FrameworkLines_AppearOnlyInTroubleOrWhenTracing(LogLevel configured, LogLevel foreign)
    {
        using var loggers = Loggers.Create(new LogLevelSwitch(configured), TimeProvider.System);
        Assert.That(Lowest(loggers.CreateLogger("Crisp.Cri.CallLog")), Is.EqualTo(configured));
        Assert.That(Lowest(loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel")), Is.EqualTo(foreign));
    }

    private static LogLevel Lowest(ILogger log) => Enum.GetValues<LogLevel>().First(log.IsEnabled);
}
