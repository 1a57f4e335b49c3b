using System.Globalization;

namespace Crisp.Pods.Stats;

/// <summary>
/// cpu.pressure, memory.pressure and io.pressure of a v2 group: "some avg10=0.00 avg60=0.00 avg300=0.00 total=0" and
/// the same with "full".
/// </summary>
internal static class PressureFile
{
    /// <summary>
    /// Null for a kernel without PSI, or with PSI switched off: the file is not there, or cannot be read.
    /// </summary>
    internal static PressureStats? Parse(string? text)
    {
        PressureLine? some = null;
        PressureLine? full = null;
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "some")
                some = Line(words);
            else if (words[0] == "full")
                full = Line(words);
        }

        return some is null ? null : new PressureStats(some, full);
    }

    private static PressureLine Line(string[] words) => new(
        Average(words, "avg10="),
        Average(words, "avg60="),
        Average(words, "avg300="),
        KeyedLines.Number(Value(words, "total=")) ?? 0);

    private static double Average(string[] words, string key) =>
        double.TryParse(Value(words, key), NumberStyles.Float, CultureInfo.InvariantCulture, out var average)
            ? average
            : 0;

    private static string Value(string[] words, string key) =>
        Array.Find(words, word => word.StartsWith(key, StringComparison.Ordinal))?[key.Length..] ?? "";
}
