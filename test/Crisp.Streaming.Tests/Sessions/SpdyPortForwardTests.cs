using System.Text;
using Crisp.Streaming.Sessions;
using Crisp.Streaming.Spdy;
using Crisp.Streaming.Tests.Fakes;

namespace Crisp.Streaming.Tests.Sessions;

[CancelAfter(120_000)]
public class SpdyPortForwardTests
{
    private static readonly PortForwardRequest s_request = new() { PodId = "p1", Ports = [] };

    [Test]
    public async Task Half_ThatWasReset_DoesNotKeepItsRequestId(CancellationToken timeout)
    {
        var (session, peer) = RawPeer.ToServer();
        await using var _ = session;
        var running = RunAsync(session, new EchoTargets(), timeout);
        Assert.That(await BeginAsync(peer, 1, "error", "7", timeout), Is.EqualTo(SpdyFrameType.SynReply));
        await ResetAsync(peer, 1);

        Assert.That(await BeginAsync(peer, 3, "error", "7", timeout), Is.EqualTo(SpdyFrameType.SynReply));
        Assert.That(await BeginAsync(peer, 5, "data", "7", timeout), Is.EqualTo(SpdyFrameType.SynReply));
        await peer.SendDataAsync(5, "hello"u8.ToArray());
        var (header, payload) = await peer.ReadAsync().WaitAsync(timeout);

        Assert.That((header.StreamId, Encoding.ASCII.GetString(payload)), Is.EqualTo((5, "hello")));
        peer.CloseWrite();
        await running.WaitAsync(timeout);
    }

    /// <summary>Resets free the slots of the streams, not what was begun for them.</summary>
    [Test]
    public async Task Connections_ThatOutliveTheirStreams_AreBounded(CancellationToken timeout)
    {
        var (session, peer) = RawPeer.ToServer();
        await using var _ = session;
        var running = RunAsync(session, new NeverConnects(), timeout);

        SpdyFrameType? answer = SpdyFrameType.SynReply;
        for (uint id = 1; answer == SpdyFrameType.SynReply && id <= (4 * SpdyLimits.Streams) + 1; id += 4)
        {
            answer = await BeginAsync(peer, id, "error", $"{id}", timeout);
            if (answer == SpdyFrameType.SynReply)
                answer = await BeginAsync(peer, id + 2, "data", $"{id}", timeout);
            await ResetAsync(peer, id);
            await ResetAsync(peer, id + 2);
        }

        Assert.That(answer, Is.EqualTo(SpdyFrameType.RstStream));
        peer.CloseWrite();
        await running.WaitAsync(timeout);
    }

    private static Task RunAsync(SpdySession session, IStreamTargets targets, CancellationToken timeout) =>
        new SpdyPortForward(session, s_request, targets, TimeSpan.FromHours(1)).RunAsync(timeout);

    /// <summary>What the stream is answered with.</summary>
    private static async Task<SpdyFrameType?> BeginAsync(
        RawPeer peer, uint id, string type, string requestId, CancellationToken timeout)
    {
        await peer.SendSynStreamAsync(id, ("streamType", type), ("port", "80"), ("requestID", requestId));
        return (await peer.ReadAsync().WaitAsync(timeout)).Header.Type;
    }

    private static ValueTask ResetAsync(RawPeer peer, uint id) =>
        peer.SendControlAsync(
            SpdyFrameType.RstStream, [.. RawPeer.Number(id), .. RawPeer.Number((uint)SpdyStatus.Cancel)]);
}
