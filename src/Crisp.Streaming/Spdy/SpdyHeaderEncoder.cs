using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Crisp.Streaming.Spdy;

/// <summary>
/// Writes the header blocks of one direction of a session as a zlib stream of stored blocks: valid for every reader,
/// and without the quarter of a megabyte that a real compressor holds. A few short headers are all that is ever sent.
/// </summary>
internal sealed class SpdyHeaderEncoder
{
    private const int LongestStoredBlock = ushort.MaxValue;

    /// <summary>
    /// RFC 1950: deflate with a 32 KB window; a preset dictionary, named by its <see cref="SpdyDictionary.Adler"/>.
    /// </summary>
    private static ReadOnlySpan<byte> ZlibHeader =>
        [0x78, 0x20, 0xE3, 0xC6, 0xA7, 0xC2];

    /// <summary>RFC 1951: a stored block of no bytes, which readers take for the flush that SPDY asks for.</summary>
    private static ReadOnlySpan<byte> Flush => [0, 0, 0, 0xFF, 0xFF];

    private bool _begun;

    /// <summary>Blocks must reach the peer in the order of these calls.</summary>
    public byte[] Encode(IReadOnlyDictionary<string, string> headers)
    {
        var stream = new ArrayBufferWriter<byte>();
        if (!_begun)
            stream.Write(ZlibHeader);
        _begun = true;
        var block = Block(headers).WrittenSpan;
        while (!block.IsEmpty)
        {
            var length = Math.Min(block.Length, LongestStoredBlock);
            var prefix = stream.GetSpan(5);
            prefix[0] = 0;
            BinaryPrimitives.WriteUInt16LittleEndian(prefix[1..], (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(prefix[3..], (ushort)~length);
            stream.Advance(5);
            stream.Write(block[..length]);
            block = block[length..];
        }

        stream.Write(Flush);
        return stream.WrittenSpan.ToArray();
    }

    private static ArrayBufferWriter<byte> Block(IReadOnlyDictionary<string, string> headers)
    {
        var block = new ArrayBufferWriter<byte>();
        Write(block, headers.Count);
        foreach (var (name, value) in headers)
        {
            Write(block, name.ToLowerInvariant());
            Write(block, value);
        }

        return block;
    }

    private static void Write(ArrayBufferWriter<byte> block, string text)
    {
        Write(block, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, block);
    }

    private static void Write(ArrayBufferWriter<byte> block, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(block.GetSpan(sizeof(int)), number);
        block.Advance(sizeof(int));
    }
}
