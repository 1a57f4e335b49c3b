using System.Buffers;
using Crisp.Grpc.Tests.Fakes;
using Crisp.Grpc.Transport;

namespace Crisp.Grpc.Tests.Transport;

internal sealed class HeaderRewriterTests
{
    [Test]
    public void Rewrite_ValidAuthority_CopiesAndThenNeedsNothing()
    {
        var bytes = Connection("localhost");
        var target = new ArrayBufferWriter<byte>();
        var rewriter = new HeaderRewriter();

        var rest = rewriter.Rewrite(new ReadOnlySequence<byte>(bytes), target);

        Assert.That(rewriter.NeedsNothing, Is.True);
        Assert.That(bytes, Is.EqualTo(target.WrittenSpan.ToArray().Concat(rest.ToArray())));
        Assert.That(rest.IsEmpty, Is.False);
    }

    [Test]
    public void Rewrite_InvalidAuthorityInAnyPieces_GivesTheSame()
    {
        var bytes = Connection("/run/x.sock");
        var whole = Rewrite(bytes, bytes.Length);
        Assert.That(whole, Is.Not.EqualTo(bytes));

        for (var size = 1; size < bytes.Length; size++)
        {
            Assert.That(Rewrite(bytes, size), Is.EqualTo(whole), $"in pieces of {size}");
        }
    }

    [Test]
    public void Rewrite_AnyBytes_NeitherThrowsNorLosesTrack()
    {
        var random = new Random(9113);
        var good = Connection("/run/x.sock");
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = good.ToArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                bytes[random.Next(Http2Preface.Bytes.Length, bytes.Length)] = (byte)random.Next(256);
            }

            Assert.That(() => Rewrite(bytes, random.Next(1, bytes.Length)), Throws.Nothing);
        }
    }

    private static byte[] Rewrite(byte[] bytes, int pieceSize)
    {
        var rewriter = new HeaderRewriter();
        var target = new ArrayBufferWriter<byte>();
        var kept = ReadOnlySequence<byte>.Empty;
        foreach (var piece in bytes.Chunk(pieceSize))
        {
            var offered = new ReadOnlySequence<byte>([.. kept.ToArray(), .. piece]);
            kept = rewriter.Rewrite(offered, target);
        }

        HeaderRewriter.Copy(kept, target);
        return target.WrittenSpan.ToArray();
    }

    private static byte[] Connection(string authority)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write(Http2Preface.Bytes);
        bytes.Write((byte[])[0, 0, 0, 4, 0, 0, 0, 0, 0]);
        for (var stream = 1; stream < 6; stream += 2)
        {
            var block = RawHeaders.ForCall(RawHeaders.VersionPath, authority);
            new FrameHeader(block.Length, FrameHeader.Headers, FrameHeader.EndHeaders, stream).Write(bytes);
            bytes.Write(block);
            new FrameHeader(5, 0, FrameHeader.EndStream, stream).Write(bytes);
            bytes.Write(new byte[5]);
        }

        return bytes.WrittenSpan.ToArray();
    }
}
