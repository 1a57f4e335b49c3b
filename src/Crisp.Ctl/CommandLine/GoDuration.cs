using System.Buffers;
using System.Globalization;

namespace Crisp.Ctl.CommandLine;

/// <summary>Durations as Go's time.ParseDuration takes them, which is how crictl's users write them.</summary>
internal static class GoDuration
{
    private static readonly (string Unit, double Seconds)[] s_units =
    [
        ("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600),
    ];

    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789.");

    internal static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (TryNumber(text, out var bare))
            return TrySeconds(bare, out duration);
        var rest = text.AsSpan();
        var seconds = 0.0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(s_number);
            if (digits <= 0 || !TryNumber(rest[..digits], out var number)) return false;
            rest = rest[digits..];
            var letters = rest.IndexOfAny(s_number);
            var unit = (letters < 0 ? rest : rest[..letters]).ToString();
            if (!s_units.Any(known => known.Unit == unit)) return false;
            seconds += number * s_units.First(known => known.Unit == unit).Seconds;
            rest = rest[unit.Length..];
        }

        return text.Length > 0 && TrySeconds(seconds, out duration);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static bool TrySeconds(double seconds, out TimeSpan duration)
    {
        var fits = seconds < TimeSpan.MaxValue.TotalSeconds;
        duration = fits ? TimeSpan.FromSeconds(seconds) : default;
        return fits;
    }
}
