namespace Crisp.Toml;

/// <summary>What may stand right of an equals sign.</summary>
internal sealed partial class TomlReader
{
    private TomlValue ReadValue()
    {
        var at = Position;
        switch (Current)
        {
            case '"':
                return new TomlString(at, LookingAt("\"\"\"") ? ReadMultiLineBasicString() : ReadBasicString());
            case '\'':
                return new TomlString(at, LookingAt("'''") ? ReadMultiLineLiteralString() : ReadLiteralString());
            case '[':
                return Nested(ReadArray);
            case '{':
                return Nested(ReadInlineTable);
            default:
                return ReadBareValue(at);
        }
    }

    private T Nested<T>(Func<T> read)
    {
        if (++_depth > MaxDepth)
            throw Error($"more than {MaxDepth} arrays and tables in one another");
        var value = read();
        _depth--;
        return value;
    }

    private TomlArray ReadArray()
    {
        var array = new TomlArray(Position, ofTables: false);
        _index++;
        while (true)
        {
            SkipBlank();
            if (Current == ']')
                break;
            array.Add(ReadValue());
            SkipBlank();
            if (Current != ',')
                break;
            _index++;
        }
        Expect(']', "',' or ']' in the array");
        return array;
    }

    /// <summary>
    /// true, false, a number, a date or a time: everything up to the next delimiter, told apart afterwards.
    /// </summary>
    private TomlValue ReadBareValue(TomlPosition at)
    {
        var start = _index;
        SkipBareToken();
        if (_index == start)
            throw Unexpected("a value");

        // A date may be joined to its time by one space.
        if (_index - start == 10 && _text[start + 4] == '-' && Current == ' ' && char.IsAsciiDigit(Peek(1)))
        {
            _index++;
            SkipBareToken();
        }

        var token = _text.AsSpan(start, _index - start);
        return token switch
        {
            "true" => new TomlBoolean(at, true),
            "false" => new TomlBoolean(at, false),
            _ => (TomlValue?)ReadDateTime(at, token) ?? ReadNumber(at, token)
                ?? throw new TomlException(at, $"\"{token}\" is not a value (a string needs quotes)"),
        };
    }

    private void SkipBareToken()
    {
        while (char.IsAsciiLetterOrDigit(Current) || Current is '+' or '-' or '_' or '.' or ':')
            _index++;
    }
}
