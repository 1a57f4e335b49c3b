using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace Crisp.Testing.Spdy;

/// <summary>
/// Headers as they go in frames, compressed. Each direction of a connection is one zlib stream (RFC 1950) with the
/// preset dictionary, flushed after each block, so blocks have to be read in the order of the wire.
/// <code>
/// count 32 | each: name length 32, name in lower case, value length 32, values with a zero byte between
/// </code>
/// </summary>
public sealed class SpdyHeaderBlocks : IDisposable
{
    private const int MaxBytes = 1 << 20;
    private readonly MemoryStream _compressed = new();
    private readonly DeflateStream _deflater;
    private readonly Inflater _inflater = new();

    public SpdyHeaderBlocks()
    {
        // A deflater that has seen the dictionary already refers to it, as one that was given it: what it wrote of it
        // is dropped, and the stream begins with the header that names the dictionary.
        _deflater = new DeflateStream(_compressed, CompressionLevel.SmallestSize);
        _deflater.Write(SpdyDictionary.Bytes);
        _deflater.Flush();
        _compressed.SetLength(0);
        _compressed.Write([0x78, 0xBB, 0xE3, 0xC6, 0xA7, 0xC2]);
    }

    public byte[] Compress(IEnumerable<KeyValuePair<string, string>> headers) => CompressBytes(Encode(headers));

    /// <summary>
    /// Whatever it is: tests also send blocks that no client would. Ends with an empty stored block (a sync flush),
    /// without which Go's inflater keeps what it has.
    /// </summary>
    public byte[] CompressBytes(byte[] block)
    {
        _deflater.Write(block);
        _deflater.Flush();
        var compressed = _compressed.ToArray();
        _compressed.SetLength(0);
        return compressed;
    }

    public IReadOnlyDictionary<string, string> Decompress(ReadOnlyMemory<byte> block)
    {
        _inflater.SetInput(block.ToArray());
        using var plain = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var count = _inflater.Inflate(buffer);
            plain.Write(buffer, 0, count);
            if (plain.Length > MaxBytes)
                throw new InvalidDataException($"a block of headers of more than {MaxBytes} bytes");
            if (_inflater.IsNeedingDictionary)
                _inflater.SetDictionary(SpdyDictionary.Bytes);
            else if (count == 0)
                return Decode(plain.ToArray());
        }
    }

    public void Dispose() => _deflater.Dispose();

    public static byte[] Encode(IEnumerable<KeyValuePair<string, string>> headers)
    {
        using var block = new MemoryStream();
        var all = headers.ToList();
        WriteLength(block, all.Count);
        foreach ((string name, string value) in all)
        {
            WriteText(block, name);
            WriteText(block, value);
        }

        return block.ToArray();
    }

    private static Dictionary<string, string> Decode(ReadOnlySpan<byte> block)
    {
        Dictionary<string, string> headers = [];
        var count = ReadLength(ref block);
        for (uint i = 0; i < count; i++)
        {
            var name = ReadText(ref block);
            headers.Add(name, ReadText(ref block));
        }

        return block.IsEmpty ? headers : throw new InvalidDataException($"{block.Length} bytes behind the last header");
    }

    private static void WriteText(MemoryStream block, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteLength(block, bytes.Length);
        block.Write(bytes);
    }

    private static void WriteLength(MemoryStream block, int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        block.Write(bytes);
    }

    private static string ReadText(ref ReadOnlySpan<byte> block)
    {
        var length = (int)ReadLength(ref block);
        var text = Encoding.UTF8.GetString(block[..length]);
        block = block[length..];
        return text;
    }

    private static uint ReadLength(ref ReadOnlySpan<byte> block)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(block);
        block = block[4..];
        return length;
    }
}
