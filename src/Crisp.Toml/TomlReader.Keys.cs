namespace Crisp.Toml;

/// <summary>TOML 1.0, "Keys": bare, quoted, dotted.</summary>
internal sealed partial class TomlReader
{
    private List<TomlKey> ReadKey()
    {
        List<TomlKey> parts = [ReadSimpleKey()];
        while (true)
        {
            SkipWhitespace();
            if (Current != '.')
                return parts;
            if (parts.Count == MaxDepth)
                throw Error($"a key of more than {MaxDepth} parts");
            _index++;
            SkipWhitespace();
            parts.Add(ReadSimpleKey());
        }
    }

    private TomlKey ReadSimpleKey()
    {
        var at = Position;
        if (LookingAt("\"\"\"") || LookingAt("'''"))
            throw Error("a key cannot be a multi-line string");
        if (Current == '"')
            return new TomlKey(ReadBasicString(), at);
        if (Current == '\'')
            return new TomlKey(ReadLiteralString(), at);

        var start = _index;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '-')
            _index++;
        if (_index == start)
            throw Unexpected("a key");
        return new TomlKey(_text[start.._index], at);
    }
}
