using Crisp.Streaming.Spdy;
using Crisp.Streaming.Tests.Fakes;

namespace Crisp.Streaming.Tests.Spdy;

/// <summary>
/// To whom a client grants room: servers that do not look at grants close their connections over them.
/// </summary>
[CancelAfter(120_000)]
public sealed class SpdyGrantTests
{
    private SpdySession _session = null!;
    private RawPeer _server = null!;

    [SetUp]
    public void Connect() => (_session, _server) = RawPeer.ToClient();

    [TearDown]
    public async Task CloseAsync() => await _session.DisposeAsync();

    [Test]
    public async Task ServerThatSaysNoWindows_IsSentNoGrant(CancellationToken timeout) =>
        Assert.That(await SentWhileReadingAsync(timeout), Is.EqualTo(new SpdyFrameType?[]
        {
            SpdyFrameType.Settings, SpdyFrameType.SynStream, SpdyFrameType.Ping,
        }));

    [Test]
    public async Task ServerThatSaysItsWindows_IsGrantedRoom(CancellationToken timeout)
    {
        await _server.SendControlAsync(
            SpdyFrameType.Settings,
            [.. RawPeer.Number(1), .. RawPeer.Number(SpdySettings.InitialWindowSize), .. RawPeer.Number(65536)]);

        Assert.That(await SentWhileReadingAsync(timeout), Has.Some.EqualTo((SpdyFrameType?)SpdyFrameType.WindowUpdate));
    }

    /// <summary>
    /// The frames that a server sees while it sends more than a window's worth, up to the echo of its ping.
    /// </summary>
    private async Task<List<SpdyFrameType?>> SentWhileReadingAsync(CancellationToken timeout)
    {
        var stream = await _session.OpenStreamAsync(
            new Dictionary<string, string> { ["streamType"] = "stdout" }, timeout);
        for (var sent = 0; sent < SpdyLimits.ReceiveWindow; sent += 16 * 1024)
        {
            await _server.SendDataAsync(stream.Id, new byte[16 * 1024]);
            await stream.ReadExactlyAsync(new byte[16 * 1024], timeout);
        }

        await _server.SendControlAsync(SpdyFrameType.Ping, RawPeer.Number(2));
        List<SpdyFrameType?> seen = [];
        do
        {
            seen.Add((await _server.ReadAnyAsync().WaitAsync(timeout)).Header.Type);
        }
        while (seen[^1] != SpdyFrameType.Ping);
        return seen;
    }
}
