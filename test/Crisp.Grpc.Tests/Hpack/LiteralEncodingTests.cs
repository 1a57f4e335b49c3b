using System.Buffers;
using Crisp.Grpc.Hpack;

namespace Crisp.Grpc.Tests.Hpack;

internal sealed class LiteralEncodingTests
{
    [TestCase(0)]
    [TestCase(126)]
    [TestCase(127)]
    [TestCase(128)]
    [TestCase(254)]
    [TestCase(255)]
    [TestCase(16_383)]
    [TestCase(60_000)]
    public void Write_ValueOfAnyLength_IsReadBack(int length)
    {
        var value = new byte[length];
        new Random(1).NextBytes(value);
        var block = new ArrayBufferWriter<byte>();

        LiteralEncoding.Write(new HeaderField([.. "name"u8], value), block);

        var field = new HpackDecoder().Decode(block.WrittenSpan).Single();
        Assert.That(field.Name, Is.EqualTo("name"u8.ToArray()));
        Assert.That(field.Value, Is.EqualTo(value));
    }
}
