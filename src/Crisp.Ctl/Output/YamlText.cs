using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crisp.Ctl.Output;

/// <summary>A JSON tree as block YAML with sorted keys, as kubectl and crictl print it.</summary>
internal static partial class YamlText
{
    internal static string Of(JsonNode node)
    {
        var text = new StringBuilder();
        Append(text, JsonText.Sorted(node), indent: 0, afterDash: false);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node, int indent, bool afterDash)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                AppendMap(text, map, indent, afterDash);
                break;
            case JsonArray { Count: > 0 } items:
                AppendItems(text, items, indent, afterDash);
                break;
            default:
                text.Append(Scalar(node)).Append('\n');
                break;
        }
    }

    private static void AppendItems(StringBuilder text, JsonArray items, int indent, bool afterDash)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0 || !afterDash) text.Append(' ', indent);
            text.Append("- ");
            Append(text, items[i], indent + 2, afterDash: true);
        }
    }

    private static void AppendMap(StringBuilder text, JsonObject map, int indent, bool afterDash)
    {
        var first = true;
        foreach (var (key, value) in map)
        {
            if (!(first && afterDash)) text.Append(' ', indent);
            first = false;
            text.Append(Quoted(key)).Append(':');
            if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
            {
                // A list is not indented below its key, a map is.
                text.Append('\n');
                Append(text, value, value is JsonArray ? indent : indent + 2, afterDash: false);
            }
            else
            {
                text.Append(' ').Append(Scalar(value)).Append('\n');
            }
        }
    }

    private static string Scalar(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Quoted(value.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    /// <summary>Text that another reader could take for something else is put in quotation marks.</summary>
    private static string Quoted(string text)
    {
        if (text.Any(char.IsControl)) return DoubleQuoted(text);
        if (LooksLikeAnotherType().IsMatch(text)) return $"\"{text}\"";
        return IsPlain().IsMatch(text) ? text : $"'{text.Replace("'", "''")}'";
    }

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                _ when char.IsControl(c) => $"\\x{(int)c:x2}",
                _ => c.ToString(),
            });
        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(
        @"^(|~|null|true|false|yes|no|on|off|y|n|[-+]?\.?[0-9][0-9_.,:xobeE+-]*|[-+]?\.(inf|nan)|0x[0-9a-f]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex LooksLikeAnotherType();

    [GeneratedRegex(@"^(?![-?:](\s|$))[^\s,\[\]{}#&*!|>'""%@`](?:(?!:\s|:$|\s#|\s$).)*$")]
    private static partial Regex IsPlain();
}
