using System.Text.RegularExpressions;

namespace Crisp.Proto.Tests;

/// <summary>
/// The wire schema as it was written down: a line `service`, `message` or `enum` and a name, then its rows. The rows
/// of a message whose nested enum comes first follow that enum's values; they are told apart by their type.
/// </summary>
internal static partial class SchemaFile
{
    private const int HeadingLines = 2;

    public static IReadOnlyList<SchemaRow> Read(string path)
    {
        var rows = new List<SchemaRow>();
        var owner = "";
        foreach (var line in File.ReadLines(path).Skip(HeadingLines).Where(line => line.Length > 0))
        {
            if (!line.StartsWith(' '))
            {
                owner = line;
                rows.Add(new SchemaRow(owner, "exists"));
                continue;
            }

            var text = Comma().Replace(Spaces().Replace(line.Trim(), " "), ", ");
            rows.Add(new SchemaRow(OwnerOf(text, owner), text));
        }

        return rows;
    }

    private static string OwnerOf(string row, string owner)
    {
        var isNestedEnum = owner.StartsWith("enum ", StringComparison.Ordinal) && owner.Contains('.');
        var hasType = row.Split(' ').Length > 2;
        return isNestedEnum && hasType ? $"message {owner["enum ".Length..owner.IndexOf('.')]}" : owner;
    }

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();

    [GeneratedRegex(", *")]
    private static partial Regex Comma();
}
