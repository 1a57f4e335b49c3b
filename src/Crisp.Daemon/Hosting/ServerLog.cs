using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Hosting;

internal static partial class ServerLog
{
    [LoggerMessage(6001, LogLevel.Information, "crisp {Version} starts, state in {Root}, {RunRoot}")]
    public static partial void Starting(this ILogger log, string version, string root, string runRoot);

    [LoggerMessage(6002, LogLevel.Warning, "{Warning}")]
    public static partial void Configuration(this ILogger log, string warning);

    [LoggerMessage(6003, LogLevel.Information, "runtime handlers: {Handlers}; default {Default}")]
    public static partial void Handlers(this ILogger log, string handlers, string @default);

    [LoggerMessage(6013, LogLevel.Warning, "RuntimeReady is false: {Problem}")]
    public static partial void RuntimeNotReady(this ILogger log, string problem);

    [LoggerMessage(6004, LogLevel.Information, "ready on {Socket} after {Milliseconds} ms")]
    public static partial void Ready(this ILogger log, string socket, double milliseconds);

    [LoggerMessage(6005, LogLevel.Information, "{Signal}: finish what runs, containers stay")]
    public static partial void Stopping(this ILogger log, string signal);

    [LoggerMessage(6006, LogLevel.Information, "stopped")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(6007, LogLevel.Information, "SIGHUP: {Key} is {Value} now, was {Before}")]
    public static partial void Reloaded(this ILogger log, string key, string value, string before);

    [LoggerMessage(
        6010, LogLevel.Warning, "SIGHUP: {Key} has changed in the configuration and takes effect at the next start")]
    public static partial void NeedsRestart(this ILogger log, string key);

    [LoggerMessage(6011, LogLevel.Error, "SIGHUP: {Problem}; the configuration stays as it was")]
    public static partial void NotReloaded(this ILogger log, string problem);

    [LoggerMessage(6012, LogLevel.Information, "SIGHUP: the configuration was read again")]
    public static partial void ReadAgain(this ILogger log);

    [LoggerMessage(6009, LogLevel.Warning, "could not tell the service manager {State}")]
    public static partial void NotNotified(this ILogger log, string state, Exception error);

    [LoggerMessage(6008, LogLevel.Error, "a task failed with nobody waiting for it")]
    public static partial void Unobserved(this ILogger log, Exception error);
}
