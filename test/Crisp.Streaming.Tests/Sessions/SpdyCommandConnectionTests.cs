using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.Sessions;
using Crisp.Streaming.Spdy;
using Crisp.Streaming.Tests.Fakes;

namespace Crisp.Streaming.Tests.Sessions;

[CancelAfter(120_000)]
public class SpdyCommandConnectionTests
{
    [Test]
    public async Task Streams_AfterThoseOfTheCommand_AreRefused(CancellationToken timeout)
    {
        var (session, peer) = RawPeer.ToServer();
        var request = new ExecRequest { ContainerId = "c1", Command = ["cat"], Stdout = true };
        await using var connection = new SpdyCommandConnection(session, StreamProtocols.V4, request);
        var opening = connection.OpenAsync(timeout);
        await peer.SendSynStreamAsync(1, ("streamType", "error"));
        await peer.SendSynStreamAsync(3, ("streamType", "stdout"));
        Assert.That((await peer.ReadAsync().WaitAsync(timeout)).Header.Type, Is.EqualTo(SpdyFrameType.SynReply));
        Assert.That((await peer.ReadAsync().WaitAsync(timeout)).Header.Type, Is.EqualTo(SpdyFrameType.SynReply));
        await opening;

        await peer.SendSynStreamAsync(5, ("streamType", "stdin"));

        var (header, payload) = await peer.ReadAsync().WaitAsync(timeout);
        Assert.That((header.Type, Convert.ToHexString(payload)),
            Is.EqualTo((SpdyFrameType.RstStream, "00000005" + "00000003")));
    }
}
