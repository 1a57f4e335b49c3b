using System.Globalization;
using Crisp.Errors;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// A whole Kubernetes quantity such as "10M" or "1Gi"; what pods' bandwidth annotations are written in.
/// </summary>
internal static class Quantity
{
    private static readonly (string Suffix, long Factor)[] Suffixes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40),
        ("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000), ("", 1),
    ];

    internal static long Parse(string field, string text)
    {
        var (suffix, factor) = Array.Find(Suffixes, known => text.EndsWith(known.Suffix, StringComparison.Ordinal));
        var digits = text.AsSpan(0, text.Length - suffix.Length);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue / factor)
            throw CrispException.InvalidArgument(field, $"\"{text}\" is not a quantity such as 10M");
        return number * factor;
    }
}
