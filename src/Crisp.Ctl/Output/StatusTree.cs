using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crisp.Ctl.Output;

/// <summary>
/// What the inspect verbs and info print: {"info": …, "status": {…}}. The runtime's verbose information is text that
/// most runtimes fill with JSON; where it is, it becomes part of the tree.
/// </summary>
internal static class StatusTree
{
    internal static JsonObject Of(JsonObject status, IEnumerable<KeyValuePair<string, string>> info)
    {
        var tree = new JsonObject { ["status"] = status };
        foreach (var (key, text) in info) tree[key] = Parse(text);
        return tree;
    }

    /// <summary>One object by itself, several as a list, keys sorted, as crictl prints them.</summary>
    internal static JsonNode Combine(IReadOnlyList<JsonObject> trees) =>
        JsonText.Sorted(trees.Count == 1 ? trees[0] : new JsonArray([.. trees])) ?? new JsonObject();

    private static JsonNode? Parse(string text)
    {
        if (!text.StartsWith('{')) return JsonValue.Create(text.Trim('"'));
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
