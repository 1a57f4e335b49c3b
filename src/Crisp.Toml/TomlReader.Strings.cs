using System.Globalization;
using System.Text;

namespace Crisp.Toml;

/// <summary>TOML 1.0, "String": basic, literal, and the multi-line form of each.</summary>
internal sealed partial class TomlReader
{
    private string ReadBasicString()
    {
        _index++;
        var value = new StringBuilder();
        while (Current != '"')
        {
            RejectLineEnd();
            if (Current == '\\')
                ReadEscape(value);
            else
                AppendCharacter(value);
        }
        _index++;
        return value.ToString();
    }

    private string ReadLiteralString()
    {
        _index++;
        var value = new StringBuilder();
        while (Current != '\'')
        {
            RejectLineEnd();
            AppendCharacter(value);
        }
        _index++;
        return value.ToString();
    }

    private string ReadMultiLineBasicString() => ReadMultiLine('"', value =>
    {
        if (Current != '\\')
            AppendCharacter(value);
        else if (!TrySkipLineContinuation())
            ReadEscape(value);
    });

    private string ReadMultiLineLiteralString() => ReadMultiLine('\'', AppendCharacter);

    private string ReadMultiLine(char quote, Action<StringBuilder> readOther)
    {
        _index += 3;
        TrySkipNewline(); // one directly after the opening quotes is not part of the string
        var value = new StringBuilder();
        while (true)
        {
            if (AtEnd)
                throw Unexpected($"the closing {quote}{quote}{quote}");
            if (Current == quote)
            {
                if (CloseMultiLine(quote, value))
                    return value.ToString();
            }
            else if (TrySkipNewline())
                value.Append('\n');
            else
                readOther(value);
        }
    }

    /// <summary>Up to two quotes may stand inside, also right before the closing three.</summary>
    private bool CloseMultiLine(char quote, StringBuilder value)
    {
        var quotes = 0;
        while (quotes < 5 && Peek(quotes) == quote)
            quotes++;
        _index += quotes;
        value.Append(quote, quotes < 3 ? quotes : quotes - 3);
        return quotes >= 3;
    }

    /// <summary>A backslash at the end of a line: it, the line break and all white space after it vanish.</summary>
    private bool TrySkipLineContinuation()
    {
        var ahead = 1;
        while (Peek(ahead) is ' ' or '\t')
            ahead++;
        if (Peek(ahead) != '\n' && !(Peek(ahead) == '\r' && Peek(ahead + 1) == '\n'))
            return false;
        _index += ahead;
        while (TrySkipNewline())
            SkipWhitespace();
        return true;
    }

    private void ReadEscape(StringBuilder value)
    {
        var escape = Peek(1);
        if (escape is 'u' or 'U')
        {
            ReadUnicodeEscape(value, escape == 'u' ? 4 : 8);
            return;
        }
        value.Append(escape switch
        {
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'f' => '\f',
            'r' => '\r',
            '"' => '"',
            '\\' => '\\',
            _ => throw Error("unknown escape; \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX are known"),
        });
        _index += 2;
    }

    private void ReadUnicodeEscape(StringBuilder value, int digits)
    {
        var hex = _index + 2 + digits <= _text.Length ? _text.AsSpan(_index + 2, digits) : default;
        if (!uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var scalar) ||
            !Rune.IsValid(scalar))
            throw Error($"the escape needs {digits} hexadecimal digits of a Unicode scalar value");
        value.Append(new Rune(scalar).ToString());
        _index += 2 + digits;
    }

    private void AppendCharacter(StringBuilder value)
    {
        RejectControl("a string");
        value.Append(Current);
        _index++;
    }

    private void RejectLineEnd()
    {
        if (AtEnd || Current is '\n' or '\r')
            throw Unexpected("the closing quote");
    }
}
