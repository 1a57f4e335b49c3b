using System.Buffers;
using System.Buffers.Binary;
using Grpc.Core;

namespace Crisp.Grpc.Wire;

/// <summary>
/// The five bytes before each message on the wire:
/// <code>
/// field       width  meaning
/// compressed  1      0 or 1; with 1 the message is in the stream's grpc-encoding
/// length      4      bytes of the message that follows, big-endian
/// </code>
/// </summary>
internal readonly record struct MessagePrefix(bool IsCompressed, int Length)
{
    public const int Size = 5;

    /// <summary>False: not all five bytes are there yet.</summary>
    public static bool TryRead(in ReadOnlySequence<byte> source, int maxLength, out MessagePrefix prefix)
    {
        prefix = default;
        if (source.Length < Size)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        source.Slice(0, Size).CopyTo(bytes);
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        if (bytes[0] > 1)
        {
            throw new RpcException(new Status(
                StatusCode.Internal,
                $"a message begins with the compression flag {bytes[0]}, which is neither 0 nor 1"));
        }

        if (length > maxLength)
        {
            throw TooLarge(length, maxLength);
        }

        prefix = new MessagePrefix(bytes[0] == 1, (int)length);
        return true;
    }

    public void Write(IBufferWriter<byte> target)
    {
        var bytes = target.GetSpan(Size);
        bytes[0] = IsCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], Length);
        target.Advance(Size);
    }

    public static RpcException TooLarge(long length, int maxLength) => new(new Status(
        StatusCode.ResourceExhausted, $"a message of {length} bytes is larger than the {maxLength} bytes allowed"));
}
