using System.Text;
using Crisp.Streaming.Spdy;
using Crisp.Streaming.Tests.Fakes;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace Crisp.Streaming.Tests.Spdy;

public class SpdyHeaderCodecTests
{
    private static readonly Dictionary<string, string> s_headers =
        new() { ["streamType"] = "stdin", ["port"] = "8080" };

    [Test]
    public void Encode_FirstBlock_IsAZlibStreamWithTheDictionary() =>
        Assert.That(
            Convert.ToHexString(new SpdyHeaderEncoder().Encode(new Dictionary<string, string> { ["Port"] = "80" })),
            Is.EqualTo(
                "7820E3C6A7C2" + "001200EDFF" + "00000001" + "00000004706F7274" + "000000023830" + "000000FFFF"));

    [Test]
    public void Blocks_OfOneSession_ComeBackInOrder()
    {
        var (encoder, decoder) = (new SpdyHeaderEncoder(), new SpdyHeaderDecoder());

        for (var i = 0; i < 100; i++)
        {
            s_headers["requestID"] = $"{i}";
            Assert.That(decoder.Decode(encoder.Encode(s_headers)), Is.EquivalentTo(
                s_headers.Select(h => KeyValuePair.Create(h.Key.ToLowerInvariant(), h.Value))));
        }
    }

    /// <summary>
    /// What Go's zlib.Writer and every other compressor sends: real deflate blocks, synced after each header block.
    /// </summary>
    [Test]
    public void Decode_BlocksOfARealCompressor()
    {
        var decoder = new SpdyHeaderDecoder();
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.SetDictionary(SpdyDictionary.Bytes);

        for (var i = 0; i < 20; i++)
        {
            var block = Compress(
                deflater, Block(("streamtype", "data"), ("requestid", $"{i}"), ("content-type", "text/html")));
            Assert.That(decoder.Decode(block)["RequestID"], Is.EqualTo($"{i}"));
        }
    }

    [Test]
    public void Decode_AnotherDictionary_IsRefused()
    {
        var deflater = new Deflater();
        deflater.SetDictionary("another dictionary"u8.ToArray());

        Assert.That(
            () => new SpdyHeaderDecoder().Decode(Compress(deflater, Block(("a", "b")))),
            Throws.InstanceOf<SpdyProtocolException>().With.Message.Contains("inflated"));
    }

    [Test]
    public void Decode_Bomb_IsRefusedAtTheBound()
    {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.SetDictionary(SpdyDictionary.Bytes);
        var bomb = Compress(deflater, Block(("a", new string('x', 20_000_000))));

        Assert.That(bomb, Has.Length.LessThan(32 * 1024), "it fits a control frame");
        Assert.That(
            () => new SpdyHeaderDecoder().Decode(bomb),
            Throws.InstanceOf<SpdyProtocolException>()
                .With.Message.Contains($"longer than {SpdyLimits.HeaderBlockBytes}"));
    }

    [TestCase("00000002" + "0000000161" + "0000000162", TestName = "fewer headers than said")]
    [TestCase("FFFFFFFF", TestName = "four billion headers")]
    [TestCase("00000001" + "FFFFFFFF61", TestName = "a name of four gigabytes")]
    [TestCase("00000001" + "00000000" + "0000000162", TestName = "a name of no letters")]
    [TestCase("00000002" + "0000000161" + "0000000162" + "0000000141" + "0000000162", TestName = "one name twice")]
    [TestCase("00000000" + "00", TestName = "more than its headers")]
    [TestCase("", TestName = "nothing")]
    [TestCase("0000", TestName = "half a number")]
    public void Decode_NoListOfHeaders_IsRefused(string hex)
    {
        var content = Convert.FromHexString(hex);
        byte[] stored =
        [
            .. Convert.FromHexString("7820E3C6A7C2"),
            0, (byte)content.Length, 0, (byte)~content.Length, 0xFF, .. content,
            .. Convert.FromHexString("000000FFFF"),
        ];

        Assert.That(() => new SpdyHeaderDecoder().Decode(stored), Throws.InstanceOf<SpdyProtocolException>());
    }

    [Test]
    public void Decode_AnyMutation_IsHeadersOrARefusal()
    {
        var random = new Random(20_261_122);
        var good = new SpdyHeaderEncoder().Encode(s_headers);
        var deflater = new Deflater();
        deflater.SetDictionary(SpdyDictionary.Bytes);
        var compressed = Compress(deflater, Block(("streamtype", "data"), ("requestid", "7")));

        for (var i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. random.Next(2) == 0 ? good : compressed];
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var cut = bytes[..random.Next(bytes.Length + 1)];

            Assert.That(() => Decode(cut), Throws.Nothing, Convert.ToHexString(cut));
        }
    }

    private static void Decode(byte[] bytes)
    {
        try
        {
            new SpdyHeaderDecoder().Decode(bytes);
        }
        catch (SpdyProtocolException)
        {
            // The one way in which a block may be refused.
        }
    }

    private static byte[] Block(params (string Name, string Value)[] headers) =>
        [.. RawPeer.Number((uint)headers.Length),
            .. headers.SelectMany(h => (byte[])[.. Text(h.Name), .. Text(h.Value)])];

    private static byte[] Text(string text) => [.. RawPeer.Number((uint)text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Compress(Deflater deflater, byte[] block)
    {
        deflater.SetInput(block);
        deflater.Flush();
        using var output = new MemoryStream();
        var buffer = new byte[4096];
        for (var count = deflater.Deflate(buffer); count > 0; count = deflater.Deflate(buffer))
            output.Write(buffer, 0, count);
        return output.ToArray();
    }
}
