using System.Text.RegularExpressions;

namespace Crisp.Architecture.Tests;

/// <summary>A file holds one thing and is called what it holds; nothing is left half done.</summary>
public partial class SourceFileTests
{
    [Test]
    public void Files_HoldOneTopLevelType() =>
        Assert.That(
            SourceTree.Code
                .Select(file => (file, types: TypesOf(file)))
                .Where(entry => entry.types.Count > 1)
                .Select(entry => $"{entry.file}: {string.Join(", ", entry.types)}"),
            Is.Empty);

    [Test]
    public void Files_AreNamedForTheirType() =>
        Assert.That(
            SourceTree.Code
                .Where(file => !file.Contains("/Interop/", StringComparison.Ordinal)) // named for the call they import
                .Select(file => (file, types: TypesOf(file)))
                .Where(entry => entry.types.Count == 1
                    && !IsNamedFor(Path.GetFileName(entry.file).Split('.')[0], entry.types[0]))
                .Select(entry => $"{entry.file}: {entry.types[0]}"),
            Is.Empty);

    [Test]
    public void Names_SayWhatAThingDoes() =>
        Assert.That(
            SourceTree.Code.SelectMany(file => file.Split('/')[..^1].Concat(TypesOf(file))
                    .Where(name => EmptyName().IsMatch(name))
                    .Select(name => $"{file}: {name}")),
            Is.Empty);

    [Test]
    public void Code_HasNoUnfinishedWork() =>
        Assert.That(
            SourceTree.Lines(
                SourceTree.Code.Where(file => !file.StartsWith(SourceTree.Self, StringComparison.Ordinal)),
                line => Unfinished().IsMatch(line)),
            Is.Empty);

    /// <summary>max_line_length of .editorconfig; the text of a string cannot be broken.</summary>
    [Test]
    public void Lines_AreNoWiderThanTheEditorconfigSays() =>
        Assert.That(SourceTree.Code.SelectMany(WideLines), Is.Empty);

    /// <summary>By its number an operator, or a filter, knows a message whatever its words.</summary>
    [Test]
    public void LogMessages_HaveANumberEach() =>
        Assert.That(
            SourceTree.ProductCode
                .SelectMany(file => LogMessage().Matches(SourceTree.Read(file)).Select(match => match.Groups[1].Value))
                .GroupBy(number => number).Where(same => same.Count() > 1).Select(same => same.Key),
            Is.Empty);

    [Test]
    public void SuppressedWarnings_SayWhy() =>
        Assert.That(
            SourceTree.Lines(
                SourceTree.Code.Where(file => !file.StartsWith(SourceTree.Self, StringComparison.Ordinal)),
                line => line.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)
                    && !line.Contains("//", StringComparison.Ordinal)),
            Is.Empty);

    private static IEnumerable<string> WideLines(string file)
    {
        const int Width = 120;
        const int Closing = 20; // what may follow a string at the end of a line
        var isInRawString = false;
        foreach (var (number, line) in SourceTree.Read(file).Split('\n').Index())
        {
            if (line.Length > Width && !isInRawString && line.LastIndexOf('"') < Width - Closing)
                yield return $"{file}:{number + 1}: {line.Trim()}";
            isInRawString ^= RawQuotes().Count(line) % 2 == 1;
        }
    }

    /// <summary>X.Log.cs may hold XLog, and XOfT.cs the generic X.</summary>
    private static bool IsNamedFor(string file, string type) =>
        type.StartsWith(file, StringComparison.Ordinal) || file == type + "OfT";

    private static List<string> TypesOf(string file) =>
        TopLevelType().Matches(SourceTree.Read(file)).Select(match => match.Groups["name"].Value).Distinct().ToList();

    // With file-scoped namespaces a type that starts in the first column is a top-level one.
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*"
        + @"(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>\[\]?.]+)\s+(?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\[LoggerMessage\((\d+)")]
    private static partial Regex LogMessage();

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes();

    // "Cgroup manager" is the field's own word, and a key of the configuration.
    [GeneratedRegex("(Helper|Util|(?<!Cgroup)Manager|Common)")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"NotImplementedException|\b(TODO|FIXME|HACK|XXX)\b|^\s*#region\b|\basync void\b")]
    private static partial Regex Unfinished();
}
