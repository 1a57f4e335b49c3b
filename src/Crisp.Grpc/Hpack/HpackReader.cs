namespace Crisp.Grpc.Hpack;

/// <summary>Takes integers and strings off a header block (RFC 7541, section 5).</summary>
internal ref struct HpackReader(ReadOnlySpan<byte> block)
{
    /// <summary>Seven bits each; more cannot be meant by anything that fits a frame.</summary>
    private const int MaxContinuationBytes = 4;

    private ReadOnlySpan<byte> _rest = block;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly byte Peek() => _rest.IsEmpty ? throw CutOff() : _rest[0];

    public int ReadInteger(int prefixBits)
    {
        var mask = (1 << prefixBits) - 1;
        var value = Next() & mask;
        if (value < mask)
        {
            return value;
        }

        for (var i = 0; i < MaxContinuationBytes; i++)
        {
            var octet = Next();
            value += (octet & 0x7f) << (7 * i);
            if ((octet & 0x80) == 0)
            {
                return value;
            }
        }

        throw new HpackException("an integer is too large");
    }

    public byte[] ReadString()
    {
        var isHuffman = (Peek() & 0x80) != 0;
        var length = ReadInteger(prefixBits: 7);
        if (length > _rest.Length)
        {
            throw CutOff();
        }

        var bytes = _rest[..length];
        _rest = _rest[length..];
        return isHuffman ? HuffmanCode.Decode(bytes) : bytes.ToArray();
    }

    private byte Next()
    {
        var octet = Peek();
        _rest = _rest[1..];
        return octet;
    }

    private static HpackException CutOff() => new("the header block ends within a field");
}
