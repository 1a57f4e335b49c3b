using System.Buffers;
using Grpc.Core;

namespace Crisp.Grpc.Wire;

/// <summary>One message's bytes, as marshallers want them.</summary>
internal sealed class MessagePayload(ReadOnlySequence<byte> payload) : DeserializationContext
{
    public override int PayloadLength => (int)payload.Length;

    public override byte[] PayloadAsNewBuffer() => payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => payload;
}
