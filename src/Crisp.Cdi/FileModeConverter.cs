using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crisp.Cdi;

/// <summary>
/// Permission bits: a decimal number in JSON, in YAML also "0660", which is octal as everywhere in YAML 1.1.
/// </summary>
internal sealed class FileModeConverter : JsonConverter<uint>
{
    public override uint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.GetUInt32();
        var text = reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw new JsonException("fileMode is not a number"); // a string token has one
        var digits = text.StartsWith("0o", StringComparison.Ordinal) ? text[2..] : text;
        var isOctal = text.Length > 1 && text[0] == '0';
        if (!isOctal)
            return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mode)
                ? mode
                : throw NoNumber(text);
        return digits.Length is > 0 and < 12 && digits.All(digit => digit is >= '0' and <= '7')
            ? (uint)digits.Aggregate(0UL, (sum, digit) => sum * 8 + (ulong)(digit - '0'))
            : throw NoNumber(text);
    }

    public override void Write(Utf8JsonWriter writer, uint value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);

    private static JsonException NoNumber(string text) => new($"fileMode \"{text}\" is not a number");
}
