namespace Crisp.Grpc.Hpack;

/// <summary>
/// The code of RFC 7541, appendix B. It is canonical: codes of one length are consecutive, in the order of their
/// symbols, and follow on those of the shorter lengths; so the lengths say everything.
/// </summary>
internal static class HuffmanCode
{
    private const int EndOfString = 256;
    private const int MaxLength = 30;

    private static readonly ushort[] s_symbols = SymbolsByCode();
    private static readonly (uint FirstCode, int FirstSymbol, int Count)[] s_lengths = RangesByLength();

    /// <summary>Bits of each symbol's code: 256 octets and the end of string.</summary>
    private static ReadOnlySpan<byte> Lengths =>
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    public static byte[] Decode(ReadOnlySpan<byte> encoded)
    {
        // No code is shorter than five bits.
        var decoded = new byte[encoded.Length * 8 / 5];
        var count = 0;
        var code = 0u;
        var length = 0;
        foreach (var octet in encoded)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                code = (code << 1) | ((uint)(octet >> bit) & 1);
                length++;
                if (FindSymbol(code, length) is { } symbol)
                {
                    decoded[count++] = symbol;
                    (code, length) = (0, 0);
                }
            }
        }

        RequirePadding(code, length);
        return decoded[..count];
    }

    private static byte? FindSymbol(uint code, int length)
    {
        if (length > MaxLength)
        {
            throw new HpackException("a string has a Huffman code that does not exist");
        }

        var (firstCode, firstSymbol, count) = s_lengths[length];
        if (code < firstCode || code - firstCode >= count)
        {
            return null;
        }

        var symbol = s_symbols[firstSymbol + (int)(code - firstCode)];
        return symbol == EndOfString
            ? throw new HpackException("a string has the end-of-string code within")
            : (byte)symbol;
    }

    /// <summary>Less than an octet of ones, the beginning of the end-of-string code (section 5.2).</summary>
    private static void RequirePadding(uint code, int length)
    {
        if (length > 7 || code != (1u << length) - 1)
        {
            throw new HpackException("a Huffman string ends in bad padding");
        }
    }

    private static ushort[] SymbolsByCode()
    {
        var lengths = Lengths.ToArray();
        var symbols = Enumerable.Range(0, lengths.Length).OrderBy(symbol => lengths[symbol]);
        return [.. symbols.Select(symbol => (ushort)symbol)];
    }

    private static (uint FirstCode, int FirstSymbol, int Count)[] RangesByLength()
    {
        var ranges = new (uint FirstCode, int FirstSymbol, int Count)[MaxLength + 1];
        var code = 0u;
        var symbol = 0;
        for (var length = 1; length <= MaxLength; length++)
        {
            var count = Lengths.Count((byte)length);
            ranges[length] = (code, symbol, count);
            code = (code + (uint)count) << 1;
            symbol += count;
        }

        return ranges;
    }
}
