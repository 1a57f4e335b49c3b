using System.Globalization;
using System.Text.RegularExpressions;

namespace Crisp.Bundle.SELinux;

/// <summary>
/// Levels of the multi-category security that keeps containers apart: "s0:c7,c512", two of 1024 categories. A pod gets
/// a pair of its own, which its containers share.
/// </summary>
public static partial class SELinuxLevel
{
    private const int Categories = 1024;

    /// <summary>A level that none of those in use is, as long as there is one; there are half a million.</summary>
    public static string Choose(Random random, IReadOnlySet<string> inUse)
    {
        string level;
        do
        {
            var first = random.Next(Categories);
            var second = random.Next(Categories - 1);
            if (second >= first)
                second++;
            level = string.Create(
                CultureInfo.InvariantCulture, $"s0:c{Math.Min(first, second)},c{Math.Max(first, second)}");
        }
        while (inUse.Contains(level) && inUse.Count < Categories * (Categories - 1) / 2);
        return level;
    }

    internal static bool IsLevel(string text) => Form().IsMatch(text);

    /// <summary>
    /// A sensitivity or a range of them, with categories, lists and ranges of them (SELinux Notebook, "MLS or MCS").
    /// </summary>
    [GeneratedRegex(@"^s[0-9]{1,3}(:c[0-9]{1,4}([.,]c[0-9]{1,4})*)?(-s[0-9]{1,3}(:c[0-9]{1,4}([.,]c[0-9]{1,4})*)?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
