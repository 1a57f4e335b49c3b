using System.Buffers;
using Grpc.Core;

namespace Crisp.Grpc.Wire;

/// <summary>Puts messages on a stream.</summary>
internal sealed class MessageWriter(IBufferWriter<byte> target, int maxMessageBytes)
{
    private readonly PlainMessage _plain = new(target, maxMessageBytes);

    public void Write<T>(T message, Marshaller<T> marshaller) => marshaller.ContextualSerializer(message, _plain);

    public void WriteCompressed<T>(T message, Marshaller<T> marshaller)
    {
        using var packed = new CompressedMessage(target, maxMessageBytes);
        marshaller.ContextualSerializer(message, packed);
    }
}
