using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crisp.Daemon.Logging;

/// <summary>
/// From which level on lines reach the log; it can be changed while the daemon runs. Our own lines count from the level
/// on, the framework's only when it is in trouble.
/// </summary>
internal sealed class LogLevelSwitch(LogLevel level) : IOptionsMonitor<LoggerFilterOptions>
{
    private Action<LoggerFilterOptions, string?>? _listener;

    public LoggerFilterOptions CurrentValue { get; private set; } = Filter(level);

    public void Set(LogLevel to)
    {
        CurrentValue = Filter(to);
        _listener?.Invoke(CurrentValue, null);
    }

    public LoggerFilterOptions Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<LoggerFilterOptions, string?> listener)
    {
        _listener += listener;
        return null; // the one listener there is, the logger factory, lives as long
    }

    private static LoggerFilterOptions Filter(LogLevel level)
    {
        var options = new LoggerFilterOptions { MinLevel = level };
        var foreign = level == LogLevel.Trace ? level : LogLevel.Warning;
        options.Rules.Add(new LoggerFilterRule(null, "Microsoft", foreign > level ? foreign : level, null));
        return options;
    }
}
