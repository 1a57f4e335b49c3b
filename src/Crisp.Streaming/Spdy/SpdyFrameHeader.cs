using System.Buffers.Binary;

namespace Crisp.Streaming.Spdy;

/// <summary>
/// The eight bytes that every frame begins with, all numbers big-endian:
/// <code>
/// control   1 bit  1 | 15 bits version (3) | 16 bits type   | 8 bits flags | 24 bits length of what follows
/// data      1 bit  0 | 31 bits stream ID                    | 8 bits flags | 24 bits length of what follows
///
/// SYN_STREAM      4 stream ID | 4 associated stream ID | 1 priority in the upper 3 bits | 1 slot | header block
/// SYN_REPLY       4 stream ID | header block            HEADERS        the same
/// RST_STREAM      4 stream ID | 4 status                PING           4 ID
/// SETTINGS        4 count     | each 1 flags, 3 ID, 4 value
/// GOAWAY          4 last good stream ID | 4 status      WINDOW_UPDATE  4 stream ID (0: the session) | 4 delta
///
/// header block, zlib with the preset dictionary, one zlib stream per direction for the whole session, flushed after
/// each block:     4 count | each 4 length, name in lower case, 4 length, value (several with NUL between)
/// </code>
/// </summary>
public readonly record struct SpdyFrameHeader
{
    /// <summary>Bytes.</summary>
    public const int Size = 8;

    public const int Version = 3;

    private const uint ControlBit = 0x8000_0000;
    private const int LongestPayload = 0xFF_FFFF;

    /// <summary>Null for a data frame.</summary>
    public SpdyFrameType? Type { get; init; }

    /// <summary>The version that a control frame says.</summary>
    public int SaidVersion { get; init; }

    /// <summary>Of a data frame; control frames carry theirs behind the header.</summary>
    public uint StreamId { get; init; }

    public SpdyFlags Flags { get; init; }

    /// <summary>Bytes that follow.</summary>
    public int Length { get; init; }

    public bool HasFin => (Flags & SpdyFlags.Fin) != 0;

    public static SpdyFrameHeader Control(SpdyFrameType type, int length, SpdyFlags flags = SpdyFlags.None) =>
        new() { Type = type, SaidVersion = Version, Length = length, Flags = flags };

    public static SpdyFrameHeader Data(uint streamId, int length, bool fin) =>
        new() { StreamId = streamId, Length = length, Flags = fin ? SpdyFlags.Fin : SpdyFlags.None };

    public static SpdyFrameHeader Read(ReadOnlySpan<byte> bytes)
    {
        var first = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var second = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        var (flags, length) = ((SpdyFlags)(second >> 24), (int)(second & LongestPayload));
        return (first & ControlBit) == 0
            ? new SpdyFrameHeader { StreamId = first, Flags = flags, Length = length }
            : new SpdyFrameHeader
            {
                Type = (SpdyFrameType)(first & 0xFFFF),
                SaidVersion = (int)((first & ~ControlBit) >> 16),
                Flags = flags,
                Length = length,
            };
    }

    public void Write(Span<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Length, LongestPayload, nameof(Length));
        var first = Type is { } type ? ControlBit | ((uint)SaidVersion << 16) | (uint)type : StreamId;
        BinaryPrimitives.WriteUInt32BigEndian(bytes, first);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], ((uint)Flags << 24) | (uint)Length);
    }
}
