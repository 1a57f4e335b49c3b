using System.Buffers;
using Crisp.Grpc.Hpack;
using Crisp.Grpc.Wire;

namespace Crisp.Grpc.Transport;

/// <summary>Writes a header block anew: literals only, no padding, no priority, as many frames as it needs.</summary>
internal static class HeaderBlockWriter
{
    /// <summary>
    /// A dynamic table of 4097 bytes, one more than was offered: every decoder must refuse it (section 6.3).
    /// </summary>
    private static ReadOnlySpan<byte> TableTooLarge => [0x3f, 0xe2, 0x1f];

    public static void Write(FrameHeader first, IEnumerable<HeaderField> fields, IBufferWriter<byte> target)
    {
        using var block = new PooledBuffer(sizeHint: 1024);
        foreach (var field in fields)
        {
            LiteralEncoding.Write(field, block);
        }

        var rest = block.Written.Span;
        var type = FrameHeader.Headers;
        do
        {
            var part = rest[..Math.Min(rest.Length, FrameHeader.MaxPayload)];
            rest = rest[part.Length..];
            var endStream = type == FrameHeader.Headers ? first.Flags & FrameHeader.EndStream : 0;
            var endHeaders = rest.IsEmpty ? FrameHeader.EndHeaders : 0;
            new FrameHeader(part.Length, type, (byte)(endStream | endHeaders), first.StreamId).Write(target);
            target.Write(part);
            type = FrameHeader.Continuation;
        }
        while (!rest.IsEmpty);
    }

    public static ReadOnlySpan<byte> Undecodable(int streamId)
    {
        var frame = new ArrayBufferWriter<byte>(FrameHeader.Size + TableTooLarge.Length);
        new FrameHeader(TableTooLarge.Length, FrameHeader.Headers, FrameHeader.EndHeaders, streamId).Write(frame);
        frame.Write(TableTooLarge);
        return frame.WrittenSpan;
    }
}
