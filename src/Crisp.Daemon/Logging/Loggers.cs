using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Logging;

/// <summary>The loggers of the process: our own lines from the configured level on, the framework's only when it is in trouble.</summary>
internal static class Loggers
{
    public static ILoggerFactory Create(LogLevel level, TimeProvider time)
    {
        var options = new LoggerFilterOptions { MinLevel = level };
        var foreign = level == LogLevel.Trace ? level : LogLevel.Warning;
        options.Rules.Add(new LoggerFilterRule(null, "Microsoft", foreign > level ? foreign : level, null));
        return new LoggerFactory([new StderrLog(Console.OpenStandardError(), time)], options);
    }
}
