using System.Globalization;
using System.Text.RegularExpressions;

namespace Crisp.Bundle.Seccomp;

/// <summary>The two numbers of a kernel release that profiles compare with: of "6.1.0-25-amd64", 6 and 1.</summary>
public readonly partial record struct KernelVersion(int Major, int Minor)
{
    /// <summary>Null where the text does not begin with two numbers and a dot between.</summary>
    public static KernelVersion? Parse(string release) =>
        Start().Match(release) is { Success: true } match
            ? new KernelVersion(Number(match, 1), Number(match, 2))
            : null;

    public bool IsAtLeast(KernelVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor)) >= 0;

    private static int Number(Match match, int group) =>
        int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([0-9]{1,6})\.([0-9]{1,6})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Start();
}
