using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Logging;

/// <summary>
/// One line of the log: <c>TIME LEVEL MESSAGE KEY=VALUE…</c>, the time in UTC with milliseconds. A key is written only
/// where the message does not show its value already. What comes from outside cannot break a line or forge one: control
/// characters are written as escapes. An unexpected exception's stack follows, indented.
/// </summary>
internal static class LogLine
{
    public static string Format(
        DateTimeOffset time,
        LogLevel level, string message, IEnumerable<KeyValuePair<string, object?>>? values, Exception? error)
    {
        var line = new StringBuilder(128);
        line.Append(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        line.Append(' ').Append(Name(level)).Append(' ');
        AppendOneLine(line, message);
        foreach (var (key, value) in Unshown(values))
        {
            line.Append(' ').Append(key).Append('=');
            AppendOneLine(line, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }
        if (error is not null)
            AppendError(line, error, withStack: level >= LogLevel.Error);
        return line.Append('\n').ToString();
    }

    /// <summary>
    /// The template itself comes last among the values, under this name (Microsoft.Extensions.Logging).
    /// </summary>
    private const string Template = "{OriginalFormat}";

    private static IEnumerable<KeyValuePair<string, object?>> Unshown(
        IEnumerable<KeyValuePair<string, object?>>? values)
    {
        if (values is null)
            yield break;
        var template = values.FirstOrDefault(v => v.Key == Template).Value as string ?? "";
        foreach (var value in values)
        {
            if (value.Key != Template && !template.Contains($"{{{value.Key}", StringComparison.OrdinalIgnoreCase))
                yield return value;
        }
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };

    private static void AppendError(StringBuilder line, Exception error, bool withStack)
    {
        line.Append(": ");
        AppendOneLine(line, error.Message);
        if (!withStack)
            return;
        foreach (var frame in error.ToString().Split('\n'))
        {
            line.Append("\n    ");
            AppendOneLine(line, frame.TrimEnd('\r'));
        }
    }

    private static void AppendOneLine(StringBuilder line, string text)
    {
        foreach (var c in text)
        {
            if (c == '\n')
                line.Append("\\n");
            else if (char.IsControl(c))
                line.Append($"\\x{(int)c:x2}");
            else
                line.Append(c);
        }
    }
}
