using System.Buffers.Binary;

namespace Crisp.Testing.Spdy;

/// <summary>
/// One frame of SPDY/3.1, all integers big-endian, R a bit that is ignored.
/// <code>
/// data     0, stream 31 bits | flags 8 (01 FIN) | length 24 | bytes
/// control  1, version 15 bits (3) | type 16 | flags 8 | length 24 | payload:
///   1 SYN_STREAM     flags 01 FIN, 02 UNIDIRECTIONAL | R stream 31 | R associated 31 | priority 3, unused 5 | slot 8
///                    | headers
///   2 SYN_REPLY      flags 01 FIN | R stream 31 | headers
///   3 RST_STREAM     R stream 31 | status 32
///   4 SETTINGS       count 32 | each: flags 8, id 24, value 32
///   6 PING           id 32, odd from a client
///   7 GOAWAY         R last stream 31 | status 32
///   8 HEADERS        flags 01 FIN | R stream 31 | headers
///   9 WINDOW_UPDATE  R stream 31 (0: the session) | R delta 31
/// headers: one zlib stream for a direction of the connection, flushed after each block, see SpdyHeaderBlocks
/// </code>
/// </summary>
public sealed record SpdyFrame(SpdyFrameType Type, byte Flags, uint StreamId, byte[] Payload)
{
    public const int HeaderBytes = 8;
    public const byte Fin = 1;
    public const ushort Version = 3;

    public bool IsFin => (Flags & Fin) != 0;

    /// <summary>The second integer of RST_STREAM, GOAWAY and WINDOW_UPDATE.</summary>
    public uint Second => BinaryPrimitives.ReadUInt32BigEndian(Payload.AsSpan(4));

    /// <summary>The compressed headers of SYN_STREAM, SYN_REPLY and HEADERS.</summary>
    public ReadOnlyMemory<byte> HeaderBlock => Payload.AsMemory(Type == SpdyFrameType.SynStream ? 10 : 4);

    public static SpdyFrame Data(uint stream, ReadOnlySpan<byte> bytes, bool fin = false) =>
        new(SpdyFrameType.Data, fin ? Fin : (byte)0, stream, bytes.ToArray());

    public static SpdyFrame SynStream(uint stream, ReadOnlySpan<byte> headerBlock, bool fin = false) =>
        new(SpdyFrameType.SynStream, fin ? Fin : (byte)0, stream, [.. Integers(stream, 0), 0, 0, .. headerBlock]);

    public static SpdyFrame RstStream(uint stream, SpdyStatus status) =>
        Pair(SpdyFrameType.RstStream, stream, (uint)status);

    public static SpdyFrame WindowUpdate(uint stream, uint delta) => Pair(SpdyFrameType.WindowUpdate, stream, delta);

    public static SpdyFrame GoAway(uint lastStream) => Pair(SpdyFrameType.GoAway, lastStream, 0);

    public static SpdyFrame Ping(uint id) => new(SpdyFrameType.Ping, 0, id, Integers(id));

    public static SpdyFrame Settings(params (uint Id, uint Value)[] entries) => new(
        SpdyFrameType.Settings, 0, 0,
        [.. Integers((uint)entries.Length), .. entries.SelectMany(entry => Integers(entry.Id, entry.Value))]);

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderBytes + Payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(
            bytes, Type == SpdyFrameType.Data ? StreamId : 0x8000_0000 | (uint)Version << 16 | (uint)Type);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), (uint)Flags << 24 | (uint)Payload.Length);
        Payload.CopyTo(bytes, HeaderBytes);
        return bytes;
    }

    /// <summary>The next frame; null at the end of the connection.</summary>
    public static async Task<SpdyFrame?> ReadAsync(Stream from, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderBytes];
        var read = await from.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
            return null;
        if (read < HeaderBytes)
            throw new InvalidDataException($"the connection ended {read} bytes into a frame's header");

        var first = BinaryPrimitives.ReadUInt32BigEndian(header);
        var payload = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)) & 0xFF_FFFF];
        await from.ReadExactlyAsync(payload, cancellationToken);
        if ((first & 0x8000_0000) == 0)
            return new SpdyFrame(SpdyFrameType.Data, header[4], first, payload);
        if (((first >> 16) & 0x7FFF) != Version)
            throw new InvalidDataException($"a control frame of version {(first >> 16) & 0x7FFF}");

        var type = (SpdyFrameType)(first & 0xFFFF);
        var stream = type == SpdyFrameType.Settings ? 0 : BinaryPrimitives.ReadUInt32BigEndian(payload) & 0x7FFF_FFFF;
        return new SpdyFrame(type, header[4], stream, payload);
    }

    private static SpdyFrame Pair(SpdyFrameType type, uint stream, uint second) =>
        new(type, 0, stream, Integers(stream, second));

    private static byte[] Integers(params uint[] values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }
}
