using System.Text;

namespace Crisp.Toml;

/// <summary>
/// The door to the reader: TOML 1.0 text in, the root table out, or a <see cref="TomlException"/> with the position
/// of the first thing that is not TOML.
/// </summary>
public static class TomlDocument
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static TomlTable Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        try
        {
            return Parse(StrictUtf8.GetString(utf8));
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + utf8[..Math.Clamp(e.Index, 0, utf8.Length)].Count((byte)'\n');
            throw new TomlException(new TomlPosition(line, 1), "the file is not valid UTF-8");
        }
    }

    public static TomlTable Parse(string text) => new TomlReader(text).ReadDocument();
}
