using System.Globalization;
using System.Text;

namespace Crisp.Testing.Logs;

/// <summary>
/// One line of a container's log as kubelet reads it: RFC 3339 time with nanoseconds and zone, stream, tag (F whole
/// or end of a line, P part of one), content.
/// </summary>
public sealed record LogLine(DateTimeOffset Time, string Stream, string Tag, string Content)
{
    /// <summary>Throws when a kubelet could not read the line.</summary>
    public static LogLine Parse(byte[] bytes)
    {
        var line = Encoding.Latin1.GetString(bytes); // a byte is a character: contents are kept as they are
        var parts = line.Split(' ', 4);
        if (parts.Length != 4 || parts[1] is not ("stdout" or "stderr") || parts[2] is not ("F" or "P"))
            throw new FormatException($"no CRI log line: \"{line}\"");
        var fraction = parts[0].Contains('.') ? parts[0][(parts[0].IndexOf('.') + 1)..] : "";
        if (fraction.TakeWhile(char.IsAsciiDigit).Count() is < 1 or > 9)
            throw new FormatException($"no nanoseconds: \"{line}\"");
        return new LogLine(
            DateTimeOffset.Parse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            parts[1], parts[2], parts[3]);
    }
}
