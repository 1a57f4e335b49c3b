using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Crisp.Ctl.Documents;

/// <summary>
/// Brings a document into the form that protobuf's JSON has for a message: crictl's users write enums as numbers,
/// numbers where text is meant (uid: 1000), and the bytes of an environment variable as text. A key that the message
/// does not have is left out, as crictl does, and told.
/// </summary>
/// <param name="strangers">Gets a sentence for each such key, with its place.</param>
internal sealed class MessageShape(ICollection<string> strangers)
{
    /// <exception cref="CtlException">A value of the wrong kind, with its place.</exception>
    internal JsonObject Fit(JsonNode? document, MessageDescriptor message, string place)
    {
        if (document is not JsonObject source) throw new CtlException($"{place}: a mapping is expected");
        var fitted = new JsonObject();
        foreach (var (key, value) in source)
        {
            var at = $"{place}: {key}";
            var field = message.Fields.InDeclarationOrder()
                .FirstOrDefault(field => IsNamed(field, key));
            if (field is null) strangers.Add($"{at}: there is no such field in {message.Name}");
            if (field is null || value is null) continue;
            if (!fitted.TryAdd(field.JsonName, FitField(value, field, at)))
                throw new CtlException($"{at}: the field is there twice");
        }

        return fitted;
    }

    /// <summary>In any case, as crictl reads them: its files have CDI_Devices, too.</summary>
    private static bool IsNamed(FieldDescriptor field, string key) =>
        field.Name.Equals(key, StringComparison.OrdinalIgnoreCase)
        || field.JsonName.Equals(key, StringComparison.OrdinalIgnoreCase);

    private JsonNode FitField(JsonNode value, FieldDescriptor field, string at)
    {
        if (field.IsMap)
        {
            if (value is not JsonObject map) throw new CtlException($"{at}: a mapping is expected");
            var type = field.MessageType.FindFieldByNumber(2);
            return new JsonObject(map.Select(entry =>
                KeyValuePair.Create(entry.Key, (JsonNode?)FitValue(entry.Value, type, $"{at}.{entry.Key}"))));
        }

        if (!field.IsRepeated) return FitValue(value, field, at);
        if (value is not JsonArray items) throw new CtlException($"{at}: a list is expected");
        return new JsonArray([.. items.Select((item, index) => FitValue(item, field, $"{at}[{index}]"))]);
    }

    private JsonNode FitValue(JsonNode? value, FieldDescriptor field, string at)
    {
        if (field.FieldType == FieldType.Message) return Fit(value, field.MessageType, at);
        if (value is not JsonValue scalar) throw new CtlException($"{at}: a single value is expected");
        var text = scalar.ToString();
        return field.FieldType switch
        {
            FieldType.String => JsonValue.Create(text),
            FieldType.Bytes => JsonValue.Create(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
            FieldType.Bool => Truth(text, at),
            FieldType.Enum when int.TryParse(text, out var number) => JsonValue.Create(number),
            FieldType.Enum => field.EnumType.FindValueByName(text) is not null
                ? JsonValue.Create(text)
                : throw new CtlException(
                    $"{at}: \"{text}\" is none of {string.Join(", ", field.EnumType.Values.Select(known => known.Name))}"),
            _ => scalar.GetValueKind() == JsonValueKind.String ? JsonValue.Create(text) : scalar.DeepClone(),
        };
    }

    private static JsonValue Truth(string text, string at) => text switch
    {
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ => throw new CtlException($"{at}: \"{text}\" is neither true nor false"),
    };
}
