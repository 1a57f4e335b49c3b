using System.Buffers.Binary;
using System.IO.Compression;

namespace Crisp.Testing.Spdy;

/// <summary>
/// Bytes that no honest client sends once a session has begun: each by its name, and any number of recorded sessions in
/// which chance has changed something. The same number gives the same bytes.
/// </summary>
public static class FrameAttacks
{
    private const int BombBytes = 64 << 20;
    private const int FloodFrames = 20_000;

    public static IEnumerable<(string Name, byte[] Bytes)> Named { get; } =
    [
        ("garbage", [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 31))]),
        ("half a header", SpdyFrame.Ping(1).ToBytes()[..5]),
        ("half a payload", SpdyFrame.Data(1, new byte[100]).ToBytes()[..50]),
        ("the longest control frame", [0x80, 3, 0, 6, 0, 0xFF, 0xFF, 0xFF, .. new byte[4096]]),
        ("another version", [0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1]),
        ("an unknown type", [0x80, 3, 0, 99, 0, 0, 0, 4, 0, 0, 0, 1, .. SpdyFrame.Ping(1).ToBytes()]),
        ("empty control frames",
            [.. Enumerable.Range(1, 9).SelectMany(type => new byte[] { 0x80, 3, 0, (byte)type, 0, 0, 0, 0 })]),
        ("data of a stream that is none", SpdyFrame.Data(7, new byte[1000], fin: true).ToBytes()),
        ("stream 0", Open(0)),
        ("an even stream", Open(2)),
        ("a stream twice", [.. Open(1), .. Open(1)]),
        ("falling streams", [.. Open(9), .. Open(3)]),
        ("another dictionary", SpdyFrame.SynStream(1, Deflated([0, 0, 0, 0])).ToBytes()),
        ("headers that are not compressed", SpdyFrame.SynStream(1, new byte[200]).ToBytes()),
        ("two thousand million headers", SpdyFrame.SynStream(1, Block([0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1])).ToBytes()),
        ("a name that never ends", SpdyFrame.SynStream(1, Block([0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF])).ToBytes()),
        ("a bomb of headers", SpdyFrame.SynStream(1, Block(new byte[BombBytes])).ToBytes()),
        ("more window than there is",
            [.. Update(1, 0x7FFF_FFFF), .. Update(1, 0x7FFF_FFFF), .. Update(0, 0x7FFF_FFFF), .. Update(0, 0)]),
        ("settings without end",
            [0x80, 3, 0, 4, 0, 0, 0, 12, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 7, 0xFF, 0xFF, 0xFF, 0xFF]),
        ("a window below nothing", SpdyFrame.Settings((7, 0xFFFF_FFFF)).ToBytes()),
        ("reset before it was opened", SpdyFrame.RstStream(1, SpdyStatus.Cancel).ToBytes()),
        ("goaway twice", [.. SpdyFrame.GoAway(0).ToBytes(), .. SpdyFrame.GoAway(0).ToBytes(), .. Open(1)]),
        ("a flood of pings", Flood(i => SpdyFrame.Ping((uint)((2 * i) + 1)))),
        ("a flood of streams", FloodOfStreams()),
        ("a flood of resets", Flood(i => SpdyFrame.RstStream((uint)((2 * i) + 1), SpdyStatus.Cancel))),
    ];

    /// <summary>The frames of a session with a few of them cut, changed, doubled, left out or exchanged.</summary>
    public static byte[] Mutated(IReadOnlyList<byte[]> frames, int number)
    {
        var random = new Random(number);
        List<byte[]> changed = [.. frames.Select(frame => (byte[])frame.Clone())];
        for (var i = random.Next(1, 4); i > 0 && changed.Count > 0; i--)
            MutateOne(changed, random);
        byte[] bytes = [.. changed.SelectMany(frame => frame)];
        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }

    private static void MutateOne(List<byte[]> frames, Random random)
    {
        var at = random.Next(frames.Count);
        var frame = frames[at];
        switch (random.Next(6))
        {
            case 0:
                frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)random.Next(0x100_0000));
                break;
            case 2:
                frames.Insert(random.Next(frames.Count + 1), frame);
                break;
            case 3:
                frames.RemoveAt(at);
                break;
            case 4:
                random.NextBytes(frame.AsSpan(Math.Min(SpdyFrame.HeaderBytes, frame.Length)));
                break;
            default:
                var other = random.Next(frames.Count);
                (frames[at], frames[other]) = (frames[other], frames[at]);
                break;
        }
    }

    private static byte[] Open(uint stream) =>
        SpdyFrame.SynStream(stream, Block(SpdyHeaderBlocks.Encode([new("streamtype", "error")]))).ToBytes();

    private static byte[] Update(uint stream, uint delta) => SpdyFrame.WindowUpdate(stream, delta).ToBytes();

    private static byte[] Block(byte[] plain)
    {
        using var blocks = new SpdyHeaderBlocks();
        return blocks.CompressBytes(plain);
    }

    private static byte[] Deflated(byte[] plain)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
            zlib.Write(plain);
        return compressed.ToArray();
    }

    private static byte[] Flood(Func<int, SpdyFrame> frame) =>
        [.. Enumerable.Range(0, FloodFrames).SelectMany(i => frame(i).ToBytes())];

    private static byte[] FloodOfStreams()
    {
        using var blocks = new SpdyHeaderBlocks();
        return
        [
            .. Enumerable.Range(0, FloodFrames).SelectMany(i =>
                SpdyFrame.SynStream(
                    (uint)((2 * i) + 1), blocks.Compress([new("streamtype", "stdin"), new("port", "80")])).ToBytes()),
        ];
    }
}
