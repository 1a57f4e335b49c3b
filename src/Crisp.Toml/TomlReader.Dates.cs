using System.Globalization;

namespace Crisp.Toml;

/// <summary>TOML 1.0, "Offset Date-Time" to "Local Time": the forms of RFC 3339 section 5.6.</summary>
internal sealed partial class TomlReader
{
    /// <summary>Null when the token does not even look like one: it may still be a number.</summary>
    private static TomlDateTime? ReadDateTime(TomlPosition at, ReadOnlySpan<char> token)
    {
        if (token.Length < 5 || (token[4] != '-' || !AreDigits(token[..4])) && token[2] != ':')
            return null;

        var rest = token;
        var hasDate = token[2] != ':';
        if (hasDate)
        {
            if (token.Length < 10 || !IsDate(token[..10]))
                throw new TomlException(at, $"\"{token}\" is not a date of the calendar");
            rest = token[10..];
            if (rest.IsEmpty)
                return new TomlDateTime(at, TomlDateTimeForm.LocalDate, token.ToString());
            if (rest[0] is not ('T' or 't' or ' '))
                throw new TomlException(at, $"\"{token}\": a date is joined to its time by T or a space");
            rest = rest[1..];
        }

        var zone = hasDate ? ZoneLength(rest) : 0;
        if (!IsTime(rest[..^zone]))
            throw new TomlException(at, $"\"{token}\" is not a time of the form HH:MM:SS");
        var form = !hasDate ? TomlDateTimeForm.LocalTime
            : zone > 0 ? TomlDateTimeForm.OffsetDateTime
            : TomlDateTimeForm.LocalDateTime;
        return new TomlDateTime(at, form, token.ToString());
    }

    private static bool IsDate(ReadOnlySpan<char> text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>HH:MM:SS with any fraction; 60 is a leap second.</summary>
    private static bool IsTime(ReadOnlySpan<char> text) =>
        text.Length >= 8 && IsHourMinute(text[..5]) && text[5] == ':' && AreDigits(text[6..8]) &&
        int.Parse(text[6..8]) <= 60 &&
        (text.Length == 8 || text[8] == '.' && text.Length > 9 && AreDigits(text[9..]));

    private static int ZoneLength(ReadOnlySpan<char> time)
    {
        if (time is [.., 'Z' or 'z'])
            return 1;
        return time.Length >= 6 && time[^6] is '+' or '-' && IsHourMinute(time[^5..]) ? 6 : 0;
    }

    private static bool IsHourMinute(ReadOnlySpan<char> text) =>
        text.Length == 5 && text[2] == ':' && AreDigits(text[..2]) && AreDigits(text[3..]) &&
        int.Parse(text[..2]) < 24 && int.Parse(text[3..]) < 60;

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
