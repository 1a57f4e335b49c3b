using System.Text;

namespace Crisp.Toml;

/// <summary>Writes single values as TOML, so that what <c>crisp config</c> prints can be read again.</summary>
public static class TomlText
{
    /// <summary>A basic string, on one line whatever it holds.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("\"", value.Length + 2);
        foreach (var c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c is < ' ' or '\x7f')
                text.Append($"\\u{(int)c:X4}");
            else
                text.Append(c);
        }
        return text.Append('"').ToString();
    }

    public static string Array(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Quote))}]";

    public static string Boolean(bool value) => value ? "true" : "false";

    /// <summary>A key, bare where that is possible.</summary>
    public static string Key(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? name : Quote(name);
}
