using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Logging;

/// <summary>One category's door to the log; the factory above it has filtered already.</summary>
internal sealed class StderrLogger(StderrLog log) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        log.Write(
            logLevel, formatter(state, exception), state as IReadOnlyList<KeyValuePair<string, object?>>, exception);
}
