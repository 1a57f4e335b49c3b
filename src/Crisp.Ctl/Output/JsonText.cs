using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crisp.Ctl.Output;

/// <summary>JSON for people: indented, and readable beyond ASCII.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    internal static string Of(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options)) node.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The same with the keys of every object in alphabetical order, as Go prints maps.</summary>
    internal static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject source => new JsonObject(source.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, Sorted(entry.Value)))),
        JsonArray source => new JsonArray([.. source.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
