namespace Crisp.Grpc.Hpack;

/// <summary>
/// Decodes a connection's header blocks, in order (RFC 7541). How a field begins:
/// <code>
/// bits        then                                what
/// 1xxxxxxx    index (7)                           a field of the tables
/// 01xxxxxx    index of name (6) or 0, strings     a literal that enters the dynamic table
/// 001xxxxx    size (5)                            a new bound of the dynamic table; only before the first field
/// 000xxxxx    index of name (4) or 0, strings     a literal that does not (bit 4: and never shall)
/// </code>
/// </summary>
internal sealed class HpackDecoder
{
    /// <summary>Bytes of a decoded block, overheads included; Kestrel allows 32 KB.</summary>
    private const int MaxListSize = 64 * 1024;

    private readonly DynamicTable _table = new();

    public List<HeaderField> Decode(ReadOnlySpan<byte> block)
    {
        var reader = new HpackReader(block);
        var fields = new List<HeaderField>();
        var listSize = 0;
        while (!reader.IsAtEnd)
        {
            var first = reader.Peek();
            if ((first & 0xe0) == 0x20)
            {
                Resize(reader.ReadInteger(prefixBits: 5), isBeforeFields: fields.Count == 0);
                continue;
            }

            var field = ReadField(ref reader, first);
            listSize += field.Size;
            if (listSize > MaxListSize)
            {
                throw new HpackException($"the header list is larger than {MaxListSize} bytes");
            }

            fields.Add(field);
        }

        return fields;
    }

    private HeaderField ReadField(ref HpackReader reader, byte first)
    {
        if ((first & 0x80) != 0)
        {
            return Lookup(reader.ReadInteger(prefixBits: 7));
        }

        var isIndexed = (first & 0x40) != 0;
        var nameIndex = reader.ReadInteger(isIndexed ? 6 : 4);
        var name = nameIndex == 0 ? reader.ReadString() : Lookup(nameIndex).Name;
        var field = new HeaderField(name, reader.ReadString());
        if (isIndexed)
        {
            _table.Add(field);
        }

        return field;
    }

    private HeaderField Lookup(int index)
    {
        if (index == 0)
        {
            throw new HpackException("index 0 is no field");
        }

        return index <= StaticTable.Count ? StaticTable.Get(index) : _table.Get(index - StaticTable.Count);
    }

    private void Resize(int size, bool isBeforeFields)
    {
        if (!isBeforeFields)
        {
            throw new HpackException("a table size update stands after a field");
        }

        _table.Resize(size);
    }
}
