using System.Buffers;
using Grpc.Core;

namespace Crisp.Grpc.Wire;

/// <summary>A message on its way out through gzip; the bound holds for what it was before.</summary>
internal sealed class CompressedMessage(IBufferWriter<byte> target, int maxMessageBytes)
    : SerializationContext, IDisposable
{
    private readonly PooledBuffer _plain = new(sizeHint: 0);

    public override void SetPayloadLength(int payloadLength)
    {
        if (payloadLength > maxMessageBytes)
        {
            throw MessagePrefix.TooLarge(payloadLength, maxMessageBytes);
        }
    }

    public override IBufferWriter<byte> GetBufferWriter() => _plain;

    public override void Complete()
    {
        using var packed = new PooledBuffer(_plain.Written.Length / 2);
        GzipCodec.Compress(_plain.Written.Span, packed);
        new MessagePrefix(IsCompressed: true, packed.Written.Length).Write(target);
        target.Write(packed.Written.Span);
    }

    public override void Complete(byte[] payload)
    {
        SetPayloadLength(payload.Length);
        _plain.Write(payload);
        Complete();
    }

    public void Dispose() => _plain.Dispose();
}
