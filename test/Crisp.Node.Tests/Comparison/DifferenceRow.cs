using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Crisp.Node.Tests.Comparison;

/// <summary>
/// A row of the README's table: where, what containerd writes, what crisp writes, and why. Each of the first three is a
/// list of patterns in code quotes, in which * is any text; a where that begins with a bracket is short for the one
/// before it with another end.
/// </summary>
public sealed partial record DifferenceRow(
    IReadOnlyList<string> Paths, IReadOnlyList<string> Containerd, IReadOnlyList<string> Crisp, string Why)
{
    public static DifferenceRow Parse(string line)
    {
        string[] cells = line.Trim().Trim('|').Split('|');
        if (cells.Length != 4)
            throw new FormatException($"the row does not have four cells: {line}");
        List<string> paths = [];
        foreach (string path in Quoted(cells[0]))
            paths.Add(path.StartsWith('[') ? paths[^1][..paths[^1].IndexOf('[')] + path : path);
        return new DifferenceRow(paths, Quoted(cells[1]), Quoted(cells[2]), cells[3].Trim());
    }

    public bool Explains(SpecDifference difference) =>
        Why.Length > 0 && Paths.Any(path => Matches(path, difference.Path))
        && Containerd.Any(value => Matches(value, difference.Containerd))
        && Crisp.Any(value => Matches(value, difference.Crisp));

    /// <summary>The patterns that none of these differences needs.</summary>
    public IEnumerable<string> Stale(IEnumerable<SpecDifference> all)
    {
        SpecDifference[] explained = [.. all.Where(Explains)];
        return Paths.Where(path => !explained.Any(difference => Matches(path, difference.Path)))
            .Concat(Containerd.Where(value => !explained.Any(difference => Matches(value, difference.Containerd))))
            .Concat(Crisp.Where(value => !explained.Any(difference => Matches(value, difference.Crisp))));
    }

    private static bool Matches(string pattern, string text) =>
        FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private static IReadOnlyList<string> Quoted(string cell) =>
        [.. CodeQuote().Matches(cell).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeQuote();
}
