using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Logging;

/// <summary>The loggers of the process.</summary>
internal static class Loggers
{
    public static ILoggerFactory Create(LogLevelSwitch level, TimeProvider time) =>
        new LoggerFactory([new StderrLog(Console.OpenStandardError(), time)], level);
}
