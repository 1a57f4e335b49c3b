using System.Runtime.CompilerServices;

namespace Crisp.Bundle.Tests;

/// <summary>
/// golden/fields-elsewhere.txt: what is to be said of each field that changes no config.json. A field that begins to
/// have an effect, or a new one that has none, makes the list wrong.
/// </summary>
internal static class FieldsElsewhere
{
    private const string SeenBy = "seen by ";

    public static void Explain(IEnumerable<string> fields, [CallerFilePath] string here = "")
    {
        string directory = Path.GetDirectoryName(here)!; // this file has one
        (string Fields, string Text)[] lines = [.. File.ReadLines(Path.Combine(directory, "golden", "fields-elsewhere.txt"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts[1]))];
        string[] silent = [.. fields];
        HashSet<string> tests = [.. Directory.EnumerateFiles(Path.Combine(directory, ".."), "*Tests.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))];
        Assert.Multiple(() =>
        {
            foreach (string field in silent)
                Assert.That(lines.Count(line => Covers(line.Fields, field)), Is.EqualTo(1), $"lines about {field}");
            foreach ((string covered, string text) in lines)
            {
                Assert.That(silent, Has.Some.Matches<string>(field => Covers(covered, field)), $"{covered} has an effect on config.json");
                Assert.That(text.StartsWith(SeenBy) || text.StartsWith("none, "), text);
                if (text.StartsWith(SeenBy))
                    Assert.That(text[SeenBy.Length..].Split(", "), Is.SubsetOf(tests), $"tests that see {covered}");
            }
        });
    }

    private static bool Covers(string line, string field) =>
        line.EndsWith('*') ? field.StartsWith(line[..^1], StringComparison.Ordinal) : field == line;
}
