using System.Text;
using Crisp.Grpc.Hpack;

namespace Crisp.Grpc.Tests.Hpack;

/// <summary>The examples of RFC 7541, appendix C, and what must be refused.</summary>
internal sealed class HpackDecoderTests
{
    private static readonly string[] s_firstRequest =
        [":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"];

    private static readonly string[] s_secondRequest = [.. s_firstRequest, "cache-control: no-cache"];

    private static readonly string[] s_thirdRequest =
    [
        ":method: GET", ":scheme: https", ":path: /index.html", ":authority: www.example.com",
        "custom-key: custom-value",
    ];

    [TestCase(
        "400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572",
        "custom-key: custom-header",
        TestName = "C.2.1")]
    [TestCase("040c 2f73 616d 706c 652f 7061 7468", ":path: /sample/path", TestName = "C.2.2")]
    [TestCase("1008 7061 7373 776f 7264 0673 6563 7265 74", "password: secret", TestName = "C.2.3")]
    [TestCase("82", ":method: GET", TestName = "C.2.4")]
    public void Decode_OneField(string block, string field) =>
        Assert.That(Decode(new HpackDecoder(), block), Is.EqualTo(new[] { field }));

    [TestCase(
        "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        "8286 84be 5808 6e6f 2d63 6163 6865",
        "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
        TestName = "C.3 without Huffman")]
    [TestCase(
        "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
        "8286 84be 5886 a8eb 1064 9cbf",
        "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf",
        TestName = "C.4 with Huffman")]
    public void Decode_RequestsOfOneConnection(string first, string second, string third)
    {
        var decoder = new HpackDecoder();

        Assert.That(Decode(decoder, first), Is.EqualTo(s_firstRequest));
        Assert.That(Decode(decoder, second), Is.EqualTo(s_secondRequest));
        Assert.That(Decode(decoder, third), Is.EqualTo(s_thirdRequest));
    }

    /// <summary>C.6.1 and C.6.2, in a table of 256 bytes, where the second evicts an entry of the first.</summary>
    [Test]
    public void Decode_ResponsesWithHuffmanAndEviction()
    {
        var decoder = new HpackDecoder();
        const string TableOf256Bytes = "3fe1 01";
        const string First = "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b "
            + "ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3";

        var first = Decode(decoder, TableOf256Bytes + First);
        var second = Decode(decoder, "4883 640e ffc1 c0bf");

        Assert.That(first[0], Is.EqualTo(":status: 302"));
        Assert.That(first[2], Is.EqualTo("date: Mon, 21 Oct 2013 20:13:21 GMT"));
        Assert.That(second, Is.EqualTo((string[])[":status: 307", .. first[1..]]));
    }

    [TestCase("80", TestName = "index 0")]
    [TestCase("be", TestName = "index beyond the tables")]
    [TestCase("ff ff ff ff ff ff", TestName = "integer too large")]
    [TestCase("ff", TestName = "integer cut off")]
    [TestCase("00 05 61", TestName = "string cut off")]
    [TestCase("00", TestName = "field cut off")]
    [TestCase("82 20", TestName = "table size after a field")]
    [TestCase("3f e2 1f", TestName = "table larger than allowed")]
    [TestCase("00 81 ff 00", TestName = "Huffman: padding only")]
    [TestCase("00 82 1f ff 00", TestName = "Huffman: more than seven bits of padding")]
    [TestCase("00 81 18 00", TestName = "Huffman: padding of zeros")]
    [TestCase("00 84 ff ff ff ff 00", TestName = "Huffman: end of string within")]
    public void Decode_Broken_IsRefused(string block) =>
        Assert.That(() => Decode(new HpackDecoder(), block), Throws.InstanceOf<HpackException>());

    [Test]
    public void Decode_BombOfIndexedFields_IsBounded()
    {
        var decoder = new HpackDecoder();
        byte[] field = [0x40, 1, (byte)'a', 0x7f, 0xa1, 0x1e, .. new byte[4000]];
        decoder.Decode(field);

        Assert.That(
            () => decoder.Decode(Enumerable.Repeat((byte)0xbe, 100).ToArray()),
            Throws.InstanceOf<HpackException>().With.Message.Contains("larger"));
    }

    [Test]
    public void Decode_AnyBytes_EndsInFieldsOrInHpackException()
    {
        var random = new Random(7541);
        for (var round = 0; round < 20_000; round++)
        {
            var block = new byte[random.Next(40)];
            random.NextBytes(block);
            try
            {
                new HpackDecoder().Decode(block);
            }
            catch (HpackException)
            {
                // Refused: one of the two good ends.
            }
        }
    }

    private static string[] Decode(HpackDecoder decoder, string hex) =>
        [.. decoder.Decode(Convert.FromHexString(hex.Replace(" ", "")))
            .Select(field => $"{Encoding.ASCII.GetString(field.Name)}: {Encoding.ASCII.GetString(field.Value)}")];
}
