using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Crisp.Yaml;

/// <summary>
/// The events of YamlDotNet's parser as a JSON tree. Every scalar becomes a string, except the null ones: what a value
/// is meant to be is known to the message it is read into, not to its look.
/// </summary>
public static class YamlReader
{
    /// <summary>Deeper than any CRI message; keeps a hostile file from exhausting the stack.</summary>
    private const int MaxDepth = 64;

    public static JsonNode? Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _)) return null;
        parser.Consume<DocumentStart>();
        var root = ReadNode(parser, MaxDepth);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
            throw new YamlException(second.Start, second.End, "there is a second document; one is expected");
        return root;
    }

    private static JsonNode? ReadNode(Parser parser, int depth)
    {
        if (parser.TryConsume<Scalar>(out var scalar)) return Value(scalar);
        if (depth > 0 && parser.TryConsume<MappingStart>(out _)) return ReadMapping(parser, depth);
        if (depth > 0 && parser.TryConsume<SequenceStart>(out _)) return ReadSequence(parser, depth);
        var found = parser.Current!; // there is one until StreamEnd, which nothing reads past
        throw new YamlException(
            found.Start, found.End,
            found is AnchorAlias
                ? "aliases are not supported"
                : depth > 0 ? "something unexpected" : "nested too deep");
    }

    private static JsonObject ReadMapping(Parser parser, int depth)
    {
        var result = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            if (!result.TryAdd(key.Value, ReadNode(parser, depth - 1)))
                throw new YamlException(key.Start, key.End, $"\"{key.Value}\" is there twice");
        }

        return result;
    }

    private static JsonArray ReadSequence(Parser parser, int depth)
    {
        var result = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _)) result.Add(ReadNode(parser, depth - 1));
        return result;
    }

    private static JsonValue? Value(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL"
            ? null
            : JsonValue.Create(scalar.Value);
}
