using System.Buffers.Text;
using System.Text;

namespace Crisp.Images.Layers;

/// <summary>
/// The records of a pax extended header, "LENGTH KEY=VALUE\n" one after the other (POSIX pax, "pax Extended Header").
/// A later record of a key replaces the former, an empty value takes it away.
/// </summary>
internal sealed class PaxRecords
{
    private const string XattrPrefix = "SCHILY.xattr.";

    private readonly Dictionary<string, byte[]> _records = new(StringComparer.Ordinal);

    /// <summary>Pairs of GNU.sparse.offset and .numbytes (format 0.0), which repeat their keys.</summary>
    public List<long> SparseNumbers { get; } = [];

    public bool IsEmpty => _records.Count == 0;

    public void Add(ReadOnlySpan<byte> content, int maxSparseNumbers)
    {
        while (!content.IsEmpty)
        {
            if (!Utf8Parser.TryParse(content, out int length, out var digits)
                || length <= digits + 1 || length > content.Length
                || content[digits] != ' ' || content[length - 1] != '\n')
                throw new InvalidDataException("malformed pax header");
            AddRecord(content[(digits + 1)..(length - 1)], maxSparseNumbers);
            content = content[length..];
        }
    }

    public void Add(PaxRecords others)
    {
        foreach (var (key, value) in others._records) _records[key] = value;
    }

    public byte[]? Bytes(string key) => _records.GetValueOrDefault(key);

    public string? Text(string key) => Bytes(key) is { } value ? Encoding.UTF8.GetString(value) : null;

    public long? Number(string key)
    {
        if (Bytes(key) is not { } value) return null;
        return Utf8Parser.TryParse(value, out long number, out var used) && used == value.Length
            ? number
            : throw new InvalidDataException($"malformed number in pax record {key}");
    }

    /// <summary>Seconds and nanoseconds of a decimal time, rounded down.</summary>
    public (long Seconds, int Nanos)? Time(string key)
    {
        if (Text(key) is not { } text) return null;
        if (!decimal.TryParse(text, System.Globalization.NumberStyles.Float, null, out var value)
            || Math.Abs(value) > int.MaxValue * 1000m)
            throw new InvalidDataException($"malformed time in pax record {key}");
        var seconds = decimal.Floor(value);
        return ((long)seconds, (int)((value - seconds) * 1_000_000_000m));
    }

    public IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs() =>
        [.. _records.Where(record => record.Key.StartsWith(XattrPrefix, StringComparison.Ordinal))
            .Select(record => KeyValuePair.Create(record.Key[XattrPrefix.Length..], record.Value))];

    private void AddRecord(ReadOnlySpan<byte> record, int maxSparseNumbers)
    {
        var equals = record.IndexOf((byte)'=');
        if (equals <= 0) throw new InvalidDataException("malformed pax header");
        var key = Encoding.UTF8.GetString(record[..equals]);
        var value = record[(equals + 1)..];
        if (key is "GNU.sparse.offset" or "GNU.sparse.numbytes")
        {
            if (!Utf8Parser.TryParse(value, out long number, out _) || SparseNumbers.Count >= maxSparseNumbers)
                throw new InvalidDataException("malformed sparse map");
            SparseNumbers.Add(number);
            return;
        }
        // A NUL would end the name early for the kernel and not for us.
        if (key is "path" or "linkpath" && value.Contains((byte)0))
            throw new InvalidDataException("file name with a NUL");
        if (value.IsEmpty) _records.Remove(key);
        else _records[key] = value.ToArray();
    }
}
