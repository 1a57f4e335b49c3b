using Crisp.Grpc.Tests.Fakes;
using Crisp.Grpc.Transport;

namespace Crisp.Grpc.Tests.Transport;

/// <summary>What old clients send as :authority, in every form that a header block can have.</summary>
[CancelAfter(120_000)]
internal sealed class AuthorityFilterTests
{
    private RunningServer _server;
    private RawConnection _client;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _client = await RawConnection.OpenAsync(_server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("/run/x.sock")]
    [TestCase("%2Frun%2Fx.sock")]
    [TestCase("unix:/run/x.sock")]
    [TestCase("localhost")]
    [TestCase("localhost:80")]
    [TestCase("[::1]:80")]
    [TestCase("")]
    public async Task Authority_Any_CallsAreServed(string authority, CancellationToken timeout)
    {
        for (var stream = 1; stream < 9; stream += 2)
        {
            await _client.SendHeadersAsync(stream, RawHeaders.ForCall(RawHeaders.VersionPath, authority));
            await AssertServedAsync(stream, timeout);
        }
    }

    [Test]
    public async Task Host_InPlaceOfAuthority_IsServed(CancellationToken timeout)
    {
        await _client.SendHeadersAsync(1, RawHeaders.Encode(
            (":method", "POST"), (":scheme", "http"), (":path", RawHeaders.VersionPath),
            ("content-type", "application/grpc"), ("host", "/run/x.sock")));

        await AssertServedAsync(1, timeout);
    }

    [Test]
    public async Task Block_WithPaddingAndPriority_IsServed(CancellationToken timeout)
    {
        const byte Flags = FrameHeader.EndHeaders | FrameHeader.Padded | FrameHeader.Priority;
        byte[] payload = [3, 0, 0, 0, 0, 16, .. RawHeaders.ForCall(RawHeaders.VersionPath, "/run/x.sock"), 0, 0, 0];
        await _client.SendFrameAsync(FrameHeader.Headers, Flags, 1, payload);

        await AssertServedAsync(1, timeout);
    }

    [Test]
    public async Task Block_InContinuations_IsServed(CancellationToken timeout)
    {
        var block = RawHeaders.ForCall(RawHeaders.VersionPath, "/run/x.sock");
        await _client.SendFrameAsync(FrameHeader.Headers, 0, 1, block[..1]);
        await _client.SendFrameAsync(FrameHeader.Continuation, 0, 1, block[1..20]);
        await _client.SendFrameAsync(FrameHeader.Continuation, FrameHeader.EndHeaders, 1, block[20..]);

        await AssertServedAsync(1, timeout);
    }

    [Test]
    public async Task Block_LargerThanAFrame_IsServed(CancellationToken timeout)
    {
        var block = RawHeaders.ForCall(
            RawHeaders.VersionPath, "/run/x.sock", ("a", new string('x', 10_000)), ("b", new string('y', 10_000)));
        await _client.SendFrameAsync(FrameHeader.Headers, 0, 1, block[..FrameHeader.MaxPayload]);
        await _client.SendFrameAsync(
            FrameHeader.Continuation, FrameHeader.EndHeaders, 1, block[FrameHeader.MaxPayload..]);

        await AssertServedAsync(1, timeout);
    }

    [Test]
    public async Task Connection_ByteByByte_IsServed(CancellationToken timeout)
    {
        using var client = new RawConnection(await _server.ConnectAsync());
        byte[] settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
        var block = RawHeaders.ForCall(RawHeaders.VersionPath, "/run/x.sock");
        byte[] headers = [0, 0, (byte)block.Length, 1, 4, 0, 0, 0, 1, .. block];
        byte[] data = [0, 0, 5, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0];
        foreach (var octet in Http2Preface.Bytes.ToArray().Concat(settings).Concat(headers).Concat(data))
        {
            await client.SendAsync(octet);
        }

        Assert.That((await client.ReadResponseAsync(1, timeout)).Fields["grpc-status"], Is.EqualTo("0"));
    }

    [Test]
    public async Task Fields_FromTheDynamicTable_AreServed(CancellationToken timeout)
    {
        // :authority, index 1, as a literal that enters the dynamic table; then by its index there, 62.
        byte[] authority = [0x41, 11, .. "/run/x.sock"u8];
        var rest = RawHeaders.Encode((":path", RawHeaders.VersionPath));
        byte[] methodAndScheme = [0x83, 0x86];
        var contentType = RawHeaders.Encode(("content-type", "application/grpc"));

        await _client.SendHeadersAsync(1, [.. methodAndScheme, .. rest, .. authority, .. contentType]);
        await AssertServedAsync(1, timeout);
        await _client.SendHeadersAsync(3, [.. methodAndScheme, .. rest, 0x80 | 62, .. contentType]);
        await AssertServedAsync(3, timeout);
    }

    [Test]
    public async Task Block_BrokenOnRewrittenConnection_ClosesItWithCompressionError(CancellationToken timeout)
    {
        const int CompressionError = 9;
        await _client.SendHeadersAsync(1, RawHeaders.ForCall(RawHeaders.VersionPath, "/run/x.sock"));
        await AssertServedAsync(1, timeout);

        // An index that neither table has.
        await _client.SendHeadersAsync(3, [0x80 | 70]);

        Assert.That(await _client.ReadGoAwayAsync(timeout), Is.EqualTo(CompressionError));
    }

    [Test]
    public async Task Block_BrokenAtOnce_ClosesTheConnectionWithCompressionError(CancellationToken timeout)
    {
        const int CompressionError = 9;
        await _client.SendHeadersAsync(1, [0x80 | 70]);

        Assert.That(await _client.ReadGoAwayAsync(timeout), Is.EqualTo(CompressionError));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Block_InterruptedByAnotherFrame_ClosesTheConnection(
        bool isFirst, CancellationToken timeout)
    {
        const byte Ping = 6;
        const int ProtocolError = 1;
        const int CompressionError = 9;
        var block = RawHeaders.ForCall(RawHeaders.VersionPath, "/run/x.sock");
        if (!isFirst)
        {
            await _client.SendHeadersAsync(1, block);
            await AssertServedAsync(1, timeout);
        }

        await _client.SendFrameAsync(FrameHeader.Headers, 0, 3, block);
        await _client.SendFrameAsync(Ping, 0, 0, new byte[8]);

        Assert.That(await _client.ReadGoAwayAsync(timeout), Is.EqualTo(isFirst ? ProtocolError : CompressionError));
    }

    [Test]
    public async Task Frame_TooLarge_ClosesTheConnectionWithFrameSizeError(CancellationToken timeout)
    {
        const int FrameSizeError = 6;
        var payload = new byte[FrameHeader.MaxPayload + 1];
        await _client.SendFrameAsync(FrameHeader.Headers, FrameHeader.EndHeaders, 1, payload);

        Assert.That(await _client.ReadGoAwayAsync(timeout), Is.EqualTo(FrameSizeError));
    }

    private async Task AssertServedAsync(int stream, CancellationToken timeout)
    {
        await _client.SendDataAsync(stream, 0, 0, 0, 0, 0);
        var response = await _client.ReadResponseAsync(stream, timeout);
        Assert.That(response.Fields["grpc-status"], Is.EqualTo("0"));
    }
}
