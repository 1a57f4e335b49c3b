using System.Globalization;

namespace Crisp.Pods.Stats;

/// <summary>Cgroup files of "key value" lines, and files of one number.</summary>
internal static class KeyedLines
{
    /// <summary>The value of a key; null when it is not there.</summary>
    internal static ulong? Value(string? text, string key)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Length > key.Length && line[key.Length] == ' ' && line.StartsWith(key, StringComparison.Ordinal))
                return Number(line[(key.Length + 1)..]);
        }

        return null;
    }

    /// <summary>A number; "max" and anything else that is none is null.</summary>
    internal static ulong? Number(ReadOnlySpan<char> text) =>
        ulong.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
