using System.Buffers;
using Grpc.Core;

namespace Crisp.Grpc.Wire;

/// <summary>
/// A message on its way out, serialized straight into the transport's buffers: its length is known before its first
/// byte.
/// </summary>
internal sealed class PlainMessage(IBufferWriter<byte> target, int maxMessageBytes) : SerializationContext
{
    public override void SetPayloadLength(int payloadLength)
    {
        if (payloadLength > maxMessageBytes)
        {
            throw MessagePrefix.TooLarge(payloadLength, maxMessageBytes);
        }

        new MessagePrefix(IsCompressed: false, payloadLength).Write(target);
    }

    public override IBufferWriter<byte> GetBufferWriter() => target;

    public override void Complete()
    {
    }

    public override void Complete(byte[] payload)
    {
        SetPayloadLength(payload.Length);
        target.Write(payload);
    }
}
