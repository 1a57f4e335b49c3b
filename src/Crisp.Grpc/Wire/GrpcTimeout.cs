using System.Globalization;

namespace Crisp.Grpc.Wire;

/// <summary>
/// The value of grpc-timeout: one to eight digits and a unit, H, M, S, m (milliseconds), u (micro) or n (nano).
/// </summary>
internal static class GrpcTimeout
{
    private const long MaxAmount = 99_999_999;

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9 || !long.TryParse(text[..^1], NumberStyles.None, null, out var amount))
        {
            return false;
        }

        TimeSpan? parsed = text[^1] switch
        {
            'H' => TimeSpan.FromHours(amount),
            'M' => TimeSpan.FromMinutes(amount),
            'S' => TimeSpan.FromSeconds(amount),
            'm' => TimeSpan.FromMilliseconds(amount),
            'u' => TimeSpan.FromMicroseconds(amount),
            'n' => TimeSpan.FromTicks(amount / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
        timeout = parsed.GetValueOrDefault();
        return parsed is not null;
    }

    /// <summary>The shortest form that loses less than a millisecond, or as much as eight digits force.</summary>
    public static string Format(TimeSpan timeout)
    {
        var milliseconds = Math.Max(0, (long)Math.Ceiling(timeout.TotalMilliseconds));
        if (milliseconds <= MaxAmount)
        {
            return $"{milliseconds}m";
        }

        var seconds = milliseconds / 1000;
        return seconds <= MaxAmount ? $"{seconds}S" : $"{Math.Min(seconds / 3600, MaxAmount)}H";
    }
}
