namespace Crisp.Toml;

/// <summary>
/// A recursive-descent reader of TOML 1.0 (https://toml.io/en/v1.0.0). The parts of the grammar have a file each:
/// keys, tables, values, strings, numbers, dates. This one holds the cursor, white space and the document.
/// </summary>
internal sealed partial class TomlReader
{
    private const char End = '\uffff'; // only compared with characters TOML gives a meaning; AtEnd decides

    /// <summary>Arrays and inline tables in one another: far beyond any configuration, far below the stack.</summary>
    private const int MaxDepth = 100;

    private readonly string _text;
    private readonly TomlTable _root = new(new TomlPosition(1, 1), TableOrigin.Header);
    private TomlTable _current;
    private int _index;
    private int _line = 1;
    private int _lineStart;
    private int _depth;

    public TomlReader(string text)
    {
        _text = text;
        _current = _root;
    }

    private TomlPosition Position => new(_line, _index - _lineStart + 1);

    private bool AtEnd => _index >= _text.Length;

    private char Current => Peek(0);

    public TomlTable ReadDocument()
    {
        while (true)
        {
            SkipWhitespace();
            if (AtEnd)
                return _root;
            if (Current == '[')
                ReadHeader();
            else if (Current is not ('#' or '\n' or '\r'))
                ReadKeyValue(_current);
            EndLine();
        }
    }

    private char Peek(int ahead) => _index + ahead < _text.Length ? _text[_index + ahead] : End;

    private bool LookingAt(string token) => string.CompareOrdinal(_text, _index, token, 0, token.Length) == 0;

    private void SkipWhitespace()
    {
        while (Current is ' ' or '\t')
            _index++;
    }

    /// <summary>White space, an optional comment, then a line break or the end of the text.</summary>
    private void EndLine()
    {
        SkipWhitespace();
        SkipComment();
        if (!AtEnd && !TrySkipNewline())
            throw Unexpected("the end of the line");
    }

    private void SkipComment()
    {
        if (Current != '#')
            return;
        while (!AtEnd && Current != '\n' && !(Current == '\r' && Peek(1) == '\n'))
        {
            RejectControl("a comment");
            _index++;
        }
    }

    private bool TrySkipNewline()
    {
        var length = Current == '\n' ? 1 : Current == '\r' && Peek(1) == '\n' ? 2 : 0;
        if (length == 0)
            return false;
        _index += length;
        _line++;
        _lineStart = _index;
        return true;
    }

    /// <summary>Between the elements of an array: white space, comments and line breaks alike.</summary>
    private void SkipBlank()
    {
        do
        {
            SkipWhitespace();
            SkipComment();
        }
        while (TrySkipNewline());
    }

    private void Expect(char c, string what)
    {
        if (AtEnd || Current != c)
            throw Unexpected(what);
        _index++;
    }

    private void RejectControl(string where)
    {
        if (Current is < ' ' and not '\t' or '\x7f')
            throw Error($"control character U+{(int)Current:X4} in {where}");
    }

    private TomlException Unexpected(string wanted)
    {
        var found = AtEnd ? "the end of the file"
            : Current is '\n' or '\r' ? "the end of the line"
            : Current < ' ' ? $"U+{(int)Current:X4}"
            : $"'{Current}'";
        return Error($"expected {wanted}, found {found}");
    }

    private TomlException Error(string problem) => new(Position, problem);
}
