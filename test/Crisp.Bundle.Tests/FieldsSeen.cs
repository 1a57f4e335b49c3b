using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Crisp.Bundle.Tests;

/// <summary>
/// golden/fields-seen.txt: of each field the tests that see its effect, or why it has none. A new field of the API, a
/// field that begins to have an effect and a test that is no longer there make the list wrong.
/// </summary>
internal static class FieldsSeen
{
    private const string SeenBy = "seen by ";
    private const string ComputedIn = "computed in ";
    private const string None = "none, ";
    private const string Since = ", since ";

    /// <param name="effects">Of each field, whether it changes config.json or is refused.</param>
    /// <param name="here">This file.</param>
    public static void Check(IReadOnlyDictionary<string, bool> effects, [CallerFilePath] string here = "")
    {
        var directory = Path.GetDirectoryName(here)!; // this file has one
        (string Fields, string Text)[] lines = [.. File.ReadLines(Path.Combine(directory, "golden", "fields-seen.txt"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts[1]))];
        var tests = Path.Combine(directory, "..");
        Assert.Multiple(() =>
        {
            foreach (string field in effects.Keys)
                Assert.That(lines.Count(line => Covers(line.Fields, field)), Is.EqualTo(1), $"lines about {field}");
            foreach ((string fields, string text) in lines)
            {
                string[] covered = [.. effects.Keys.Where(field => Covers(fields, field))];
                Assert.That(covered, Is.Not.Empty, $"{fields} is no field");
                Check(fields, text, covered.Any(field => effects[field]), tests);
            }
        });
    }

    private static void Check(string fields, string text, bool hasEffect, string tests)
    {
        if (text.StartsWith(None, StringComparison.Ordinal))
            Assert.That(hasEffect, Is.False, $"{fields} has an effect on config.json");
        else if (text.StartsWith(SeenBy, StringComparison.Ordinal))
            Exist(fields, text[SeenBy.Length..], Path.Combine(tests, "Crisp.Node.Tests"));
        else if (text.StartsWith(ComputedIn, StringComparison.Ordinal)
            && text.Contains(Since, StringComparison.Ordinal))
            Exist(fields, text[ComputedIn.Length..text.IndexOf(Since, StringComparison.Ordinal)], tests);
        else
            Assert.Fail($"{fields}: \"{text}\" is none of what the list's head says");
    }

    /// <summary>Each name is that of a method that returns nothing or a task, in a file of its class's name.</summary>
    private static void Exist(string fields, string names, string directory)
    {
        foreach (string[] name in names.Split(", ").Select(name => name.Split('.')))
        {
            var classes = Directory.EnumerateFiles(directory, $"{name[0]}.cs", SearchOption.AllDirectories);
            Regex method = new($@"\b(void|Task) {Regex.Escape(name[1])}\(");
            Assert.That(
                classes.Any(file => method.IsMatch(File.ReadAllText(file))), Is.True,
                $"{fields}: there is no {name[0]}.{name[1]} beneath {Path.GetFileName(directory)}");
        }
    }

    private static bool Covers(string line, string field) =>
        line.EndsWith('*') ? field.StartsWith(line[..^1], StringComparison.Ordinal) : field == line;
}
