using System.Globalization;
using Crisp.Ctl.CommandLine;

namespace Crisp.Ctl.LogReading;

/// <summary>--since: a time (RFC 3339, with or without zone; seconds since 1970) or an age ("42m").</summary>
internal static class SinceTime
{
    internal static DateTimeOffset? Parse(string text, TimeProvider clock)
    {
        if (text.Length == 0) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return seconds < 253402300800 // the year 10000
                ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
                : throw new UsageException($"--since {text} is too far away");
        if (GoDuration.TryParse(text, out var age)) return clock.GetUtcNow() - age;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
            throw new UsageException(
                $"--since takes a time such as 2026-01-02T13:23:37Z or an age such as 42m, not \"{text}\"");
        return time.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(time, clock.LocalTimeZone.GetUtcOffset(time))
            : new DateTimeOffset(time);
    }
}
