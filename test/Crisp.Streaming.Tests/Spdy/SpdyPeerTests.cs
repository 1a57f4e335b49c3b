using Crisp.Streaming.Spdy;
using Crisp.Streaming.Tests.Fakes;

namespace Crisp.Streaming.Tests.Spdy;

/// <summary>Peers that keep to the letter, that know no flow control, and that break the rules.</summary>
[CancelAfter(120_000)]
public class SpdyPeerTests
{
    private SpdySession _session = null!;
    private RawPeer _peer = null!;

    [SetUp]
    public void Connect() => (_session, _peer) = RawPeer.ToServer();

    [TearDown]
    public async Task Disconnect() => await _session.DisposeAsync();

    [Test]
    public async Task Ping_OddId_ComesBack(CancellationToken timeout)
    {
        await _peer.SendAsync(Convert.FromHexString("8003000600000004" + "0000002B"));

        var (header, payload) = await _peer.ReadAsync().WaitAsync(timeout);

        Assert.That((header.Type, Convert.ToHexString(payload)), Is.EqualTo((SpdyFrameType.Ping, "0000002B")));
    }

    /// <summary>moby/spdystream, in kubectl, kubelet and crictl, never grants any room.</summary>
    [Test]
    public async Task Write_PeerWithoutFlowControl_IsNotHeldBack(CancellationToken timeout)
    {
        var stream = await BeginAsync(timeout);
        var writing = stream.WriteAsync(new byte[300_000], timeout).AsTask();

        for (var left = 300_000; left > 0;)
            left -= (await _peer.ReadAsync().WaitAsync(timeout)).Payload.Length;
        await writing.WaitAsync(timeout);
    }

    [Test]
    public async Task Write_PeerWithSettings_StopsAtItsWindow(CancellationToken timeout)
    {
        await _peer.SendControlAsync(
            SpdyFrameType.Settings, [.. RawPeer.Number(1), .. RawPeer.Number(7), .. RawPeer.Number(1000)]);
        var stream = await BeginAsync(timeout);
        var writing = stream.WriteAsync(new byte[1500], timeout).AsTask();

        Assert.That((await _peer.ReadAsync().WaitAsync(timeout)).Payload, Has.Length.EqualTo(1000));
        Assert.That(writing.IsCompleted, Is.False);
        await _peer.SendControlAsync(SpdyFrameType.WindowUpdate, [.. RawPeer.Number(1), .. RawPeer.Number(600)]);
        Assert.That((await _peer.ReadAsync().WaitAsync(timeout)).Payload, Has.Length.EqualTo(500));
        await writing.WaitAsync(timeout);
    }

    [Test]
    public async Task Read_PeerThatKeepsWindowsAndBreaksOurs_LosesItsStream(CancellationToken timeout)
    {
        await _peer.SendControlAsync(SpdyFrameType.WindowUpdate, [.. RawPeer.Number(0), .. RawPeer.Number(1)]);
        await BeginAsync(timeout);

        for (var sent = 0; sent <= SpdyLimits.ReceiveWindow; sent += 16 * 1024)
            await _peer.SendDataAsync(1, new byte[16 * 1024]);

        var (header, payload) = await _peer.ReadAsync().WaitAsync(timeout);
        Assert.That((header.Type, Convert.ToHexString(payload)),
            Is.EqualTo((SpdyFrameType.RstStream, "00000001" + "00000007")));
        await _peer.SendAsync(Convert.FromHexString("8003000600000004" + "0000002D"));
        Assert.That((await _peer.ReadAsync().WaitAsync(timeout)).Header.Type,
            Is.EqualTo(SpdyFrameType.Ping), "the session goes on");
    }

    [Test]
    public async Task Data_LargestFrame_PassesInPieces(CancellationToken timeout)
    {
        var stream = await BeginAsync(timeout);
        var sending = _peer.SendDataAsync(1, new byte[0xFFFFFF], fin: true).AsTask();

        var buffer = new byte[65536];
        long total = 0;
        for (var count = await stream.ReadAsync(
            buffer, timeout); count > 0; count = await stream.ReadAsync(buffer, timeout))
            total += count;

        await sending.WaitAsync(timeout);
        Assert.That(total, Is.EqualTo(0xFFFFFF));
    }

    [Test]
    public async Task SynStream_TooManyOpen_IsRefusedAlone(CancellationToken timeout)
    {
        for (uint i = 0; i <= SpdyLimits.Streams; i++)
            await _peer.SendSynStreamAsync((2 * i) + 1, ("streamType", "data"));

        var (header, payload) = await _peer.ReadAsync().WaitAsync(timeout);

        Assert.That((header.Type, payload[7]), Is.EqualTo((SpdyFrameType.RstStream, (byte)SpdyStatus.RefusedStream)));
        Assert.That(_session.Ended.IsCancellationRequested, Is.False);
    }

    [Test]
    public async Task SynStream_TooManyUnread_IsRefusedThoughAllWereReset(CancellationToken timeout)
    {
        for (uint i = 0; i <= SpdyLimits.Streams; i++)
        {
            var id = (2 * i) + 1;
            await _peer.SendSynStreamAsync(id, ("streamType", "data"));
            await _peer.SendControlAsync(
                SpdyFrameType.RstStream, [.. RawPeer.Number(id), .. RawPeer.Number((uint)SpdyStatus.Cancel)]);
        }

        var (header, payload) = await _peer.ReadAsync().WaitAsync(timeout);

        Assert.That((header.Type, payload[7]), Is.EqualTo((SpdyFrameType.RstStream, (byte)SpdyStatus.RefusedStream)));
        Assert.That(_session.Accepted.Count, Is.EqualTo(SpdyLimits.Streams));
    }

    [TestCase("8002000600000004" + "00000001", TestName = "another version")]
    [TestCase("8003000600000002" + "0000", TestName = "half a ping")]
    [TestCase("8003000300000004" + "00000001", TestName = "a reset without a reason")]
    [TestCase("8003000100FFFFFF", TestName = "a control frame of 16 MB")]
    [TestCase("80030004000000C0" + "FFFFFFFF", TestName = "settings that do not hold what they say")]
    [TestCase("8003000400000004" + "FFFFFFFF", TestName = "four billion settings")]
    [TestCase("0000000000000001" + "00", TestName = "data of stream 0")]
    [TestCase("0000000900000001" + "00", TestName = "data of a stream that nobody opened")]
    [TestCase("800300010000000C" + "00000002" + "00000000" + "0000" + "FFFF", TestName = "headers that are no zlib")]
    [TestCase("800300090000000800000000" + "7FFFFFFF", TestName = "a session window beyond 2 GB")]
    [TestCase("80030001000000", TestName = "an end within a header")]
    [TestCase("0000000100000005" + "00", TestName = "an end within a frame")]
    public async Task Broken_EndsTheSessionWithAReason(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        await _peer.SendAsync(bytes.Length > 8 && hex.StartsWith("80030004000000C0", StringComparison.Ordinal)
            ? [.. bytes, .. new byte[188]]
            : bytes);
        _peer.CloseWrite();

        await _session.Completion;

        Assert.That(_session.Failure, Is.InstanceOf<SpdyProtocolException>());
    }

    [Test]
    public async Task SynStream_NumbersOutOfOrder_EndTheSession(CancellationToken timeout)
    {
        await _peer.SendSynStreamAsync(5);
        await _peer.SendSynStreamAsync(3);

        await _session.Completion.WaitAsync(timeout);

        Assert.That(_session.Failure!.Message, Does.Contain("began stream 3 after 5"));
    }

    [Test]
    public async Task PingFlood_ThatIsNotRead_EndsTheSession(CancellationToken timeout)
    {
        byte[] pings = [.. Enumerable.Repeat(Convert.FromHexString("8003000600000004" + "00000001"), 20_000)
            .SelectMany(ping => ping)];
        var sending = _peer.SendAsync(pings).AsTask();

        await _session.Completion.WaitAsync(timeout);

        Assert.That(_session.Failure!.Message, Does.Contain("unread"));
        Assert.That(sending.IsFaulted, Is.False);
    }

    /// <summary>
    /// Recorded frames, mutated: whatever comes, the session ends or goes on, and nothing else happens.
    /// </summary>
    [Test]
    public async Task AnyMutation_OfARecordedSession_IsSurvived(CancellationToken timeout)
    {
        var random = new Random(4);
        var recorded = Record();
        for (var i = 0; i < 3000; i++)
        {
            byte[] bytes = [.. recorded];
            for (var change = random.Next(1, 5); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var (session, peer) = RawPeer.ToServer();
            await peer.SendAsync(bytes[..random.Next(bytes.Length + 1)]);
            peer.CloseWrite();
            while (await session.Accepted.WaitToReadAsync(timeout) && session.Accepted.TryRead(out var stream))
                stream.Discard();

            await session.Completion.WaitAsync(timeout);

            Assert.That(session.Failure, Is.Null.Or.InstanceOf<SpdyProtocolException>());
            await session.DisposeAsync();
        }
    }

    private static byte[] Record()
    {
        var encoder = new SpdyHeaderEncoder();
        List<byte> bytes = [];
        for (uint id = 1; id < 8; id += 2)
        {
            var block = encoder.Encode(
                new Dictionary<string, string> { ["streamType"] = "data", ["port"] = "80", ["requestID"] = $"{id}" });
            bytes.AddRange(
                [0x80, 3, 0, 1, 0, 0, 0, (byte)(10 + block.Length), .. RawPeer.Number(id), 0, 0, 0, 0, 0, 0, .. block]);
            bytes.AddRange([.. RawPeer.Number(id), 0, 0, 0, 5, .. "hello"u8]);
            bytes.AddRange(Convert.FromHexString("8003000600000004" + "00000001"));
            bytes.AddRange([0x80, 3, 0, 9, 0, 0, 0, 8, .. RawPeer.Number(id), 0, 0, 16, 0]);
            bytes.AddRange([.. RawPeer.Number(id), 1, 0, 0, 0]);
        }

        bytes.AddRange(Convert.FromHexString("8003000300000008" + "00000001" + "00000005"));
        bytes.AddRange(Convert.FromHexString("8003000700000008" + "00000000" + "00000000"));
        return [.. bytes];
    }

    private async Task<SpdyStream> BeginAsync(CancellationToken timeout)
    {
        await _peer.SendSynStreamAsync(1, ("streamType", "stdin"));
        return await _session.Accepted.ReadAsync(timeout);
    }
}
