using System.Globalization;

namespace Crisp.Ctl.Output;

/// <summary>Nanoseconds since 1970 as crictl prints them: local time, fraction without trailing zeros.</summary>
internal static class Rfc3339
{
    /// <summary>What Go's zero time looks like: "has not happened".</summary>
    internal const string Never = "0001-01-01T00:00:00Z";

    internal static string Of(long nanos, TimeZoneInfo zone)
    {
        var (seconds, fraction) = Math.DivRem(nanos, 1_000_000_000);
        if (fraction < 0) (seconds, fraction) = (seconds - 1, fraction + 1_000_000_000);
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone);
        var digits = fraction == 0 ? "" : $".{fraction:D9}".TrimEnd('0');
        var offset = local.Offset == TimeSpan.Zero ? "Z" : local.ToString("zzz", CultureInfo.InvariantCulture);
        return $"{local.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)}{digits}{offset}";
    }
}
