using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Pods.Records;

/// <summary>
/// A record on disk: <c>{"schema":1,"sha256":"…","record":{…}}</c>, where the checksum covers the bytes of the record's
/// value. Written to a temporary file and renamed, and not synced: a killed daemon loses nothing by that, and after a
/// power cut the checksum tells a torn record from a whole one.
/// </summary>
internal static class RecordFile
{
    /// <summary>Raised when a former crisp would misread what this one writes. Members may be added without.</summary>
    private const int Schema = 1;

    private const int Mode = 0b110_000_000;

    internal static void Write<T>(string path, T record, JsonTypeInfo<T> type)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(record, type);
        var file = new ArrayBufferWriter<byte>(content.Length + 128);
        using (var json = new Utf8JsonWriter(file))
        {
            json.WriteStartObject();
            json.WriteNumber("schema"u8, Schema);
            json.WriteString("sha256"u8, Checksum(content));
            json.WritePropertyName("record"u8);
            json.WriteRawValue(content, skipInputValidation: true);
            json.WriteEndObject();
        }

        AtomicFile.Write(path, file.WrittenSpan, Mode, sync: false);
    }

    /// <summary>The record; null when there is none, or when it is torn.</summary>
    /// <exception cref="CrispException">The record is of a newer crisp.</exception>
    internal static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Parse(path, File.ReadAllBytes(path), type);
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static T? Parse<T>(string path, ReadOnlyMemory<byte> file, JsonTypeInfo<T> type)
        where T : class
    {
        using var document = JsonDocument.Parse(file);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema"u8, out var schema))
            return null;
        if (schema.GetInt32() > Schema)
            throw TooNew(path, schema.GetInt32());
        if (!root.TryGetProperty("record"u8, out var record) || !root.TryGetProperty("sha256"u8, out var sum))
            return null;
        var content = System.Text.Encoding.UTF8.GetBytes(record.GetRawText());
        return sum.ValueEquals(Checksum(content)) ? JsonSerializer.Deserialize(content, type) : null;
    }

    private static CrispException TooNew(string path, int schema) => new(
        ErrorKind.FailedPrecondition,
        $"{path} was written by a newer crisp (schema {schema}, this one knows {Schema}); start that version, or drain the node and remove its pods first");

    private static string Checksum(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
