using System.Text;
using Crisp.Streaming.Spdy;
using Crisp.Streaming.Tests.Fakes;

namespace Crisp.Streaming.Tests.Spdy;

[CancelAfter(120_000)]
public class SpdySessionTests
{
    private SpdySession _client = null!;
    private SpdySession _server = null!;

    [SetUp]
    public void Connect()
    {
        var (one, other) = DuplexStream.Pair();
        _client = SpdySession.Start(one, SpdyRole.Client);
        _server = SpdySession.Start(other, SpdyRole.Server);
    }

    [TearDown]
    public async Task Disconnect()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Stream_BothWays_WithHalfCloses(CancellationToken timeout)
    {
        var (mine, theirs) = await OpenAsync("stdin", timeout);
        await mine.WriteAsync("question"u8.ToArray(), timeout);
        await mine.CloseWriteAsync(timeout);

        Assert.That(await ReadAllAsync(theirs, timeout), Is.EqualTo("question"u8.ToArray()));
        await theirs.WriteAsync("answer"u8.ToArray(), timeout);
        await theirs.CloseWriteAsync(timeout);
        Assert.That(await ReadAllAsync(mine, timeout), Is.EqualTo("answer"u8.ToArray()));
    }

    [Test]
    public async Task Stream_Headers_Arrive(CancellationToken timeout)
    {
        var (_, theirs) = await OpenAsync("resize", timeout);

        Assert.That(theirs.Headers["streamType"], Is.EqualTo("resize"));
    }

    [Test]
    public async Task Streams_LargeBothWaysAtOnce_DoNotWaitForEachOther(CancellationToken timeout)
    {
        const int Bytes = 20_000_000;
        var (mine, theirs) = await OpenAsync("data", timeout);
        var (idle, _) = await OpenAsync("nobody reads this one", timeout);
        var full = idle.WriteAsync(new byte[10 * SpdyLimits.ReceiveWindow], timeout).AsTask();

        var counts = await Task.WhenAll(
            CountAsync(mine, timeout), CountAsync(theirs, timeout), SendAsync(mine, Bytes, timeout),
            SendAsync(theirs, Bytes, timeout));

        Assert.Multiple(() =>
        {
            Assert.That(counts, Is.All.EqualTo(Bytes));
            Assert.That(full.IsCompleted, Is.False, "what nobody reads is held back");
        });
    }

    [Test]
    public async Task Discard_FreesAWriterThatWaits(CancellationToken timeout)
    {
        var (mine, theirs) = await OpenAsync("stdin", timeout);
        var full = mine.WriteAsync(new byte[10 * SpdyLimits.ReceiveWindow], timeout).AsTask();
        await theirs.ReadExactlyAsync(new byte[1], timeout);

        theirs.Discard();

        await full.WaitAsync(timeout);
    }

    [Test]
    public async Task Reset_EndsBothEnds(CancellationToken timeout)
    {
        var (mine, theirs) = await OpenAsync("stdin", timeout);
        var waiting = mine.ReadAsync(new byte[1], timeout);

        theirs.Reset(SpdyStatus.Cancel);

        Assert.That(async () => await waiting, Throws.InstanceOf<SpdyStreamResetException>());
        Assert.That(async () => await mine.WriteAsync(new byte[1], timeout), Throws.InstanceOf<IOException>());
        Assert.That(async () => await theirs.ReadAsync(new byte[1], timeout), Throws.InstanceOf<IOException>());
    }

    /// <summary>Servers of Go write how a command ended, and reset the stream at once.</summary>
    [Test]
    public async Task Reset_AfterData_TakesNoneOfItAway(CancellationToken timeout)
    {
        var (mine, theirs) = await OpenAsync("error", timeout);
        await theirs.WriteAsync("the end"u8.ToArray(), timeout);
        theirs.Reset(SpdyStatus.Cancel);
        await _client.PingAsync(timeout); // whatever was sent before its answer has come

        var read = new byte[100];
        var count = await mine.ReadAsync(read, timeout);

        Assert.That(Encoding.ASCII.GetString(read, 0, count), Is.EqualTo("the end"));
        Assert.That(async () => await mine.ReadAsync(read, timeout), Throws.InstanceOf<SpdyStreamResetException>());
    }

    [Test]
    public async Task Ping_IsEchoed(CancellationToken timeout)
    {
        await _client.PingAsync(timeout);
        await _server.PingAsync(timeout);
    }

    [Test]
    public async Task End_FailsWhoeverWaits(CancellationToken timeout)
    {
        var (mine, theirs) = await OpenAsync("stdin", timeout);
        var waiting = theirs.ReadAsync(new byte[1], timeout);
        var full = mine.WriteAsync(new byte[10 * SpdyLimits.ReceiveWindow], timeout).AsTask();

        await _client.DisposeAsync();

        Assert.That(async () => await full.WaitAsync(timeout), Throws.InstanceOf<IOException>());
        Assert.That(async () => { while (await theirs.ReadAsync(new byte[4096], timeout) > 0) { } },
            Throws.InstanceOf<IOException>());
        await waiting.AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
        await _server.Completion.WaitAsync(timeout);
        Assert.That(_server.Ended.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task Close_AllThatWasWritten_IsReadBeforeTheEnd(CancellationToken timeout)
    {
        var (mine, theirs) = await OpenAsync("stdout", timeout);
        var count = CountAsync(mine, timeout);
        await SendAsync(theirs, 1_000_000, timeout);
        var closing = _server.CloseAsync(timeout);

        Assert.That(await count, Is.EqualTo(1_000_000));
        Assert.That(_client.IsGoingAway || !closing.IsCompleted, Is.True);
        await _client.DisposeAsync();
        await closing.WaitAsync(timeout);
    }

    private async Task<(SpdyStream Mine, SpdyStream Theirs)> OpenAsync(string type, CancellationToken timeout)
    {
        var mine = await _client.OpenStreamAsync(new Dictionary<string, string> { ["streamType"] = type }, timeout);
        var theirs = await _server.Accepted.ReadAsync(timeout);
        await theirs.ReplyAsync(timeout);
        await mine.Replied.WaitAsync(timeout);
        return (mine, theirs);
    }

    private static async Task<long> SendAsync(SpdyStream stream, long bytes, CancellationToken timeout)
    {
        var piece = new byte[50_000];
        for (var left = bytes; left > 0; left -= piece.Length)
            await stream.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)), timeout);
        await stream.CloseWriteAsync(timeout);
        return bytes;
    }

    private static async Task<long> CountAsync(SpdyStream stream, CancellationToken timeout)
    {
        var buffer = new byte[30_000];
        long total = 0;
        for (var count = await stream.ReadAsync(
            buffer, timeout); count > 0; count = await stream.ReadAsync(buffer, timeout))
            total += count;
        return total;
    }

    private static async Task<byte[]> ReadAllAsync(SpdyStream stream, CancellationToken timeout)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, timeout);
        return all.ToArray();
    }
}
