using System.Text;

namespace Crisp.Monitor.Container;

/// <summary>
/// The OCI runtime's --log file in JSON form: one object a line, such as
/// <c>{"level":"error","msg":"...","time":"..."}</c>, its keys in any order. A JSON parser would be a third of this
/// program; two string values are all that is wanted.
/// </summary>
internal static class RuntimeLog
{
    /// <summary>
    /// The message of the last line of level error; else that of the last line; null when there is none.
    /// </summary>
    internal static string? LastError(ReadOnlySpan<byte> log)
    {
        string? lastMessage = null;
        while (!log.IsEmpty)
        {
            var start = log.TrimEnd((byte)'\n').LastIndexOf((byte)'\n') + 1;
            var line = log[start..];
            log = log[..start];
            if (Value(line, "\"msg\""u8) is not { Length: > 0 } message)
                continue;
            if (Value(line, "\"level\""u8) == "error")
                return message;
            lastMessage ??= message;
        }

        return lastMessage;
    }

    /// <summary>The string value behind a key; null when it is not there.</summary>
    private static string? Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
    {
        var at = line.IndexOf(key);
        if (at < 0)
            return null;
        var rest = line[(at + key.Length)..].TrimStart(" :"u8);
        return rest.IsEmpty || rest[0] != '"' ? null : Unescape(rest[1..]);
    }

    /// <summary>The text up to the closing quote, its escapes (RFC 8259, section 7) resolved.</summary>
    private static string Unescape(ReadOnlySpan<byte> text)
    {
        var plain = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length && text[i] != '"'; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain[length++] = text[i];
                continue;
            }

            i++;
            if (text[i] == 'u' && i + 4 < text.Length)
            {
                length += EncodeUnit(text.Slice(i + 1, 4), plain.AsSpan(length));
                i += 4;
            }
            else
            {
                plain[length++] = text[i] switch
                {
                    (byte)'n' or (byte)'r' or (byte)'t' or (byte)'b' or (byte)'f' => (byte)' ',
                    var other => other,
                };
            }
        }

        return Encoding.UTF8.GetString(plain, 0, length);
    }

    /// <summary>
    /// Runtimes escape only control characters and the like so; half of a surrogate pair becomes '?'.
    /// </summary>
    private static int EncodeUnit(ReadOnlySpan<byte> hex, Span<byte> output)
    {
        var unit = 0;
        foreach (var digit in hex)
            unit = (unit << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10) & 0xf;
        if (!Rune.TryCreate(unit, out var rune))
            rune = new Rune('?');
        return rune.EncodeToUtf8(output);
    }
}
