namespace Crisp.Toml;

/// <summary>
/// TOML 1.0, "Key/Value Pair", "Table", "Inline Table", "Array of Tables": who may define and who may extend what.
/// </summary>
internal sealed partial class TomlReader
{
    private void ReadHeader()
    {
        var at = Position;
        var ofArray = Peek(1) == '[';
        _index += ofArray ? 2 : 1;
        SkipWhitespace();
        var key = ReadKey();
        Expect(']', "']' after the table's name");
        if (ofArray)
            Expect(']', "']]' after the table's name");

        var parent = _root;
        foreach (var part in key[..^1])
            parent = DescendHeader(parent, part);
        _current = ofArray ? AppendElement(parent, key[^1], at) : DefineTable(parent, key[^1], at);
    }

    private static TomlTable DescendHeader(TomlTable parent, TomlKey part)
    {
        if (!parent.TryGet(part.Name, out var entry))
            return AddTable(parent, part, part.Position, TableOrigin.Implied);
        return entry.Value switch
        {
            TomlTable { Origin: not TableOrigin.Inline } table => table,
            TomlArray { OfTables: true, Items: [.., TomlTable last] } => last,
            _ => throw CannotExtend(part, entry),
        };
    }

    private static TomlTable DefineTable(TomlTable parent, TomlKey name, TomlPosition at)
    {
        if (!parent.TryGet(name.Name, out var entry))
            return AddTable(parent, name, at, TableOrigin.Header);
        if (entry.Value is not TomlTable { Origin: TableOrigin.Implied } table)
            throw AlreadyDefined(name, entry);
        table.Origin = TableOrigin.Header;
        return table;
    }

    private static TomlTable AppendElement(TomlTable parent, TomlKey name, TomlPosition at)
    {
        if (!parent.TryGet(name.Name, out var entry))
            parent.Add(entry = new TomlEntry(name.Name, name.Position, new TomlArray(at, ofTables: true)));
        if (entry.Value is not TomlArray { OfTables: true } array)
            throw AlreadyDefined(name, entry);
        var table = new TomlTable(at, TableOrigin.Header);
        array.Add(table);
        return table;
    }

    private void ReadKeyValue(TomlTable table)
    {
        var key = ReadKey();
        Expect('=', "'=' after the key");
        SkipWhitespace();
        foreach (var part in key[..^1])
            table = DescendDotted(table, part);

        var name = key[^1];
        if (table.TryGet(name.Name, out var entry))
            throw AlreadyDefined(name, entry);
        table.Add(new TomlEntry(name.Name, name.Position, ReadValue()));
    }

    private static TomlTable DescendDotted(TomlTable parent, TomlKey part)
    {
        if (!parent.TryGet(part.Name, out var entry))
            return AddTable(parent, part, part.Position, TableOrigin.DottedKey);
        return entry.Value is TomlTable { Origin: TableOrigin.DottedKey } table
            ? table
            : throw CannotExtend(part, entry);
    }

    private TomlTable ReadInlineTable()
    {
        var table = new TomlTable(Position, TableOrigin.Inline);
        _index++;
        SkipWhitespace();
        if (Current == '}')
        {
            _index++;
            return table;
        }
        while (true)
        {
            ReadKeyValue(table);
            SkipWhitespace();
            if (Current != ',')
                break;
            _index++;
            SkipWhitespace();
        }
        Expect('}', "',' or '}' in the inline table");
        return table;
    }

    private static TomlTable AddTable(TomlTable parent, TomlKey name, TomlPosition at, TableOrigin origin)
    {
        var table = new TomlTable(at, origin);
        parent.Add(new TomlEntry(name.Name, name.Position, table));
        return table;
    }

    private static TomlException AlreadyDefined(TomlKey key, TomlEntry earlier) =>
        new(key.Position, $"\"{key.Name}\" is already defined on line {earlier.Position.Line}");

    private static TomlException CannotExtend(TomlKey key, TomlEntry earlier) =>
        new(key.Position,
            $"\"{key.Name}\" on line {earlier.Position.Line} is {earlier.Value.Kind} that cannot be extended here");
}
