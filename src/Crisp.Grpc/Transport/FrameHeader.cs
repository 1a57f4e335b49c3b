using System.Buffers;
using System.Buffers.Binary;

namespace Crisp.Grpc.Transport;

/// <summary>
/// The nine bytes before each HTTP/2 frame (RFC 9113, section 4.1):
/// <code>
/// field      width  meaning
/// length     3      bytes of payload that follow, big-endian
/// type       1      0 DATA, 1 HEADERS, 9 CONTINUATION, …
/// flags      1      1 END_STREAM, 4 END_HEADERS, 8 PADDED, 0x20 PRIORITY (of HEADERS)
/// stream     4      31 bits, big-endian; 0 is the connection
/// </code>
/// </summary>
internal readonly record struct FrameHeader(int Length, byte Type, byte Flags, int StreamId)
{
    public const int Size = 9;

    /// <summary>The default SETTINGS_MAX_FRAME_SIZE, which Kestrel keeps.</summary>
    public const int MaxPayload = 16 * 1024;

    public const byte Headers = 1;
    public const byte Continuation = 9;

    public const byte EndStream = 1;
    public const byte EndHeaders = 4;
    public const byte Padded = 8;
    public const byte Priority = 0x20;

    public bool Has(byte flag) => (Flags & flag) != 0;

    public static FrameHeader Read(in ReadOnlySequence<byte> source)
    {
        Span<byte> bytes = stackalloc byte[Size];
        source.Slice(0, Size).CopyTo(bytes);
        var length = (bytes[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        var stream = BinaryPrimitives.ReadInt32BigEndian(bytes[5..]) & int.MaxValue;
        return new FrameHeader(length, bytes[3], bytes[4], stream);
    }

    public void Write(IBufferWriter<byte> target)
    {
        var bytes = target.GetSpan(Size);
        bytes[0] = (byte)(Length >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], (ushort)Length);
        bytes[3] = Type;
        bytes[4] = Flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes[5..], StreamId);
        target.Advance(Size);
    }
}
