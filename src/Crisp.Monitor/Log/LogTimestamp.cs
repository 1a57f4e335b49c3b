namespace Crisp.Monitor.Log;

/// <summary>
/// "2026-08-01T10:00:00.123456789Z": RFC 3339, UTC, nanoseconds, always 30 bytes. Only the digits behind the point
/// are made anew while the second stays the same.
/// </summary>
internal sealed class LogTimestamp
{
    internal const int Length = 30;

    private const long NanosPerSecond = 1_000_000_000;
    private const long SecondsPerDay = 86_400;
    private const int FractionAt = 20;
    private const int FractionDigits = 9;

    private readonly byte[] _text = "0000-00-00T00:00:00.000000000Z"u8.ToArray();
    private long _second = long.MinValue;

    internal ReadOnlySpan<byte> Format(long nanosSince1970)
    {
        var second = nanosSince1970 / NanosPerSecond;
        if (second != _second)
            SetSecond(second);
        Digits(FractionAt, FractionDigits, (int)(nanosSince1970 % NanosPerSecond));
        return _text;
    }

    private void SetSecond(long second)
    {
        _second = second;
        var ofDay = (int)(second % SecondsPerDay);
        (int year, int month, int day) = Date((int)(second / SecondsPerDay));
        Digits(0, 4, year);
        Digits(5, 2, month);
        Digits(8, 2, day);
        Digits(11, 2, ofDay / 3600);
        Digits(14, 2, ofDay / 60 % 60);
        Digits(17, 2, ofDay % 60);
    }

    /// <summary>
    /// The Gregorian date of a day number since 1970, by counting in 400-year eras of 146097 days whose years begin
    /// in March, so that the leap day is the last of its year.
    /// </summary>
    private static (int Year, int Month, int Day) Date(int daysSince1970)
    {
        var days = daysSince1970 + 719_468; // since 1 March of the year 0
        var era = days / 146_097;
        var dayOfEra = days % 146_097;
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    private void Digits(int at, int count, int value)
    {
        for (var i = at + count - 1; i >= at; i--)
        {
            _text[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
