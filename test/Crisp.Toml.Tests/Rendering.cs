using System.Globalization;

namespace Crisp.Toml.Tests;

/// <summary>One line of text for any value, so that a table test can say what it expects.</summary>
internal static class Rendering
{
    public static string Of(TomlValue value) => value switch
    {
        TomlString s => TomlText.Quote(s.Value),
        TomlInteger i => i.Value.ToString(),
        TomlFloat f => "f" + f.Value.ToString("R", CultureInfo.InvariantCulture),
        TomlBoolean b => b.Value ? "true" : "false",
        TomlDateTime d => $"{d.Form}({d.Text})",
        TomlArray a => $"[{string.Join(",", a.Items.Select(Of))}]",
        TomlTable t => $"{{{string.Join(",", t.Entries.Select(e => $"{TomlText.Key(e.Key)}={Of(e.Value)}"))}}}",
        _ => throw new ArgumentException($"unknown value {value}"),
    };

    public static string OfText(string text) => Of(TomlDocument.Parse(text))[1..^1];
}
