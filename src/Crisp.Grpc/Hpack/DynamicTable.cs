namespace Crisp.Grpc.Hpack;

/// <summary>The fields that a connection's encoder wants remembered (RFC 7541, sections 2.3.2 and 4).</summary>
internal sealed class DynamicTable
{
    /// <summary>The default SETTINGS_HEADER_TABLE_SIZE, which Kestrel keeps.</summary>
    private const int MaxSize = 4096;

    private readonly List<HeaderField> _oldestFirst = [];
    private int _bound = MaxSize;
    private int _size;

    /// <summary>1 is the newest.</summary>
    public HeaderField Get(int index) => index <= _oldestFirst.Count
        ? _oldestFirst[^index]
        : throw new HpackException($"index {index} is beyond the dynamic table's {_oldestFirst.Count} fields");

    /// <summary>A field larger than the table empties it, and that is no error.</summary>
    public void Add(HeaderField field)
    {
        EvictTo(_bound - field.Size);
        if (field.Size <= _bound)
        {
            _oldestFirst.Add(field);
            _size += field.Size;
        }
    }

    public void Resize(int bound)
    {
        if (bound > MaxSize)
        {
            throw new HpackException($"a table of {bound} bytes is larger than the {MaxSize} allowed");
        }

        _bound = bound;
        EvictTo(bound);
    }

    private void EvictTo(int size)
    {
        var count = 0;
        while (_size > size && count < _oldestFirst.Count)
        {
            _size -= _oldestFirst[count++].Size;
        }

        _oldestFirst.RemoveRange(0, count);
    }
}
