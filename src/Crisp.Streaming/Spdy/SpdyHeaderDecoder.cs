using System.Buffers.Binary;
using System.Text;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace Crisp.Streaming.Spdy;

/// <summary>
/// Reads the header blocks of one direction of a session. Every block must be read, also one that nobody wants: they
/// are one zlib stream. Any error is the end of the session.
/// </summary>
internal sealed class SpdyHeaderDecoder
{
    private const int FirstBufferBytes = 512;

    private readonly Inflater _inflater = new();

    /// <exception cref="SpdyProtocolException">Not zlib, another dictionary, too much, or not a list of
    /// headers.</exception>
    public IReadOnlyDictionary<string, string> Decode(ReadOnlyMemory<byte> block)
    {
        try
        {
            return Parse(Inflate(block.ToArray()));
        }
        catch (Exception e) when (e is SharpZipBaseException or ArgumentException or IndexOutOfRangeException)
        {
            throw new SpdyProtocolException($"a header block cannot be inflated: {e.Message}", e);
        }
    }

    private ReadOnlySpan<byte> Inflate(byte[] block)
    {
        _inflater.SetInput(block);
        var output = new byte[FirstBufferBytes];
        var length = 0;
        while (true)
        {
            var count = _inflater.Inflate(output, length, output.Length - length);
            length += count;
            if (_inflater.IsNeedingDictionary)
                _inflater.SetDictionary(SpdyDictionary.Bytes); // throws for the checksum of another one
            else if (_inflater.IsFinished)
                throw new SpdyProtocolException("the zlib stream of the header blocks was ended");
            else if (count == 0 && length < output.Length)
                return output.AsSpan(0, length);
            else if (length == SpdyLimits.HeaderBlockBytes)
                throw new SpdyProtocolException($"a header block is longer than {SpdyLimits.HeaderBlockBytes} bytes");
            else if (length == output.Length)
                Array.Resize(ref output, Math.Min(output.Length * 4, SpdyLimits.HeaderBlockBytes));
        }
    }

    private static Dictionary<string, string> Parse(ReadOnlySpan<byte> block)
    {
        var count = ReadNumber(ref block);
        if (count > SpdyLimits.Headers)
            throw new SpdyProtocolException($"a header block has {count} headers, more than {SpdyLimits.Headers}");
        var headers = new Dictionary<string, string>((int)count, StringComparer.OrdinalIgnoreCase);
        for (uint i = 0; i < count; i++)
        {
            var name = ReadText(ref block);
            if (name.Length == 0 || !headers.TryAdd(name, ReadText(ref block)))
                throw new SpdyProtocolException(
                    name.Length == 0 ? "a header has no name" : $"header \"{name}\" comes twice");
        }

        return block.IsEmpty ? headers : throw new SpdyProtocolException("a header block is longer than its headers");
    }

    private static string ReadText(ref ReadOnlySpan<byte> block)
    {
        var length = ReadNumber(ref block);
        if (length > block.Length)
            throw new SpdyProtocolException("a header block ends within a header");
        var text = Encoding.UTF8.GetString(block[..(int)length]);
        block = block[(int)length..];
        return text;
    }

    private static uint ReadNumber(ref ReadOnlySpan<byte> block)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(block, out var number))
            throw new SpdyProtocolException("a header block ends within a number");
        block = block[sizeof(uint)..];
        return number;
    }
}
