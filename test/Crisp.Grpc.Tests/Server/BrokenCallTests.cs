using Crisp.Grpc.Tests.Fakes;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Grpc.Tests.Server;

/// <summary>Calls that no well-made client sends: each gets a status, and the connection goes on.</summary>
[CancelAfter(120_000)]
internal sealed class BrokenCallTests
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

    [TestCase(new byte[0], "no request message", TestName = "Body_Empty_IsInternal")]
    [TestCase(new byte[] { 0, 0, 0 }, "within a message", TestName = "Body_PrefixCutOff_IsInternal")]
    [TestCase(new byte[] { 0, 0, 0, 0, 9, 1 }, "within a message", TestName = "Body_MessageCutOff_IsInternal")]
    [TestCase(new byte[] { 7, 0, 0, 0, 0 }, "compression flag 7", TestName = "Body_BadFlag_IsInternal")]
    [TestCase(new byte[] { 1, 0, 0, 0, 1, 9 }, "names no compression", TestName = "Body_GzipUnannounced_IsInternal")]
    [TestCase(new byte[] { 0, 0, 0, 0, 2, 0x0a, 99 }, "could not be parsed", TestName = "Body_NoProtobuf_IsInternal")]
    [TestCase(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, "more than one", TestName = "Body_TwoMessages_IsInternal")]
    public async Task Body_Broken_IsInternal(byte[] body, string reason, CancellationToken timeout)
    {
        var response = await CallAsync(1, RawHeaders.ForCall(RawHeaders.VersionPath), body, timeout);

        Assert.That(response.Fields["grpc-status"], Is.EqualTo("13"));
        Assert.That(response.Fields["grpc-message"], Does.Contain(reason));
        await AssertStillServesAsync(timeout);
    }

    [Test]
    public async Task Body_LengthOf4GB_IsResourceExhausted(CancellationToken timeout)
    {
        var response = await CallAsync(1, RawHeaders.ForCall(RawHeaders.VersionPath), [0, 255, 255, 255, 255], timeout);

        Assert.That(response.Fields["grpc-status"], Is.EqualTo("8"));
    }

    [Test]
    public async Task Body_GzipThatIsNone_IsInternal(CancellationToken timeout)
    {
        var headers = RawHeaders.ForCall(RawHeaders.VersionPath, more: ("grpc-encoding", "gzip"));

        var response = await CallAsync(1, headers, [1, 0, 0, 0, 3, 1, 2, 3], timeout);

        Assert.That(response.Fields["grpc-status"], Is.EqualTo("13"));
        Assert.That(response.Fields["grpc-message"], Does.Contain("decompressed"));
    }

    [Test]
    public async Task Encoding_Unknown_IsUnimplementedWithThoseThatAreKnown(CancellationToken timeout)
    {
        var headers = RawHeaders.ForCall(RawHeaders.VersionPath, more: ("grpc-encoding", "brotli"));

        var response = await CallAsync(1, headers, [1, 0, 0, 0, 0], timeout);

        Assert.That(response.Fields["grpc-status"], Is.EqualTo("12"));
        Assert.That(response.Fields["grpc-accept-encoding"], Is.EqualTo("identity,gzip"));
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("5x")]
    [TestCase("-5S")]
    [TestCase("123456789S")]
    public async Task Timeout_Malformed_IsInternal(string timeoutHeader, CancellationToken timeout)
    {
        var headers = RawHeaders.ForCall(RawHeaders.VersionPath, more: ("grpc-timeout", timeoutHeader));

        var response = await CallAsync(1, headers, [0, 0, 0, 0, 0], timeout);

        Assert.That(response.Fields["grpc-status"], Is.EqualTo("13"));
        Assert.That(response.Fields["grpc-message"], Does.Contain("grpc-timeout"));
    }

    [TestCase("/runtime.v1.RuntimeService/Nothing", "unknown method Nothing for service runtime.v1.RuntimeService")]
    [TestCase("/runtime.v9.RuntimeService/Version", "unknown service runtime.v9.RuntimeService")]
    [TestCase("/", "malformed method name: /")]
    public async Task Method_Unknown_IsUnimplementedInOneHeaderBlock(
        string path, string reason, CancellationToken timeout)
    {
        var response = await CallAsync(1, RawHeaders.ForCall(path), [0, 0, 0, 0, 0], timeout);

        Assert.That(response.Fields[":status"], Is.EqualTo("200"));
        Assert.That(response.Fields["grpc-status"], Is.EqualTo("12"));
        Assert.That(response.Fields["grpc-message"], Is.EqualTo(reason));
        Assert.That(response.Frames, Has.Count.EqualTo(1));
    }

    [TestCase("application/json", "415")]
    [TestCase("application/grpc-web", "415")]
    [TestCase("application/grpc+json", "415")]
    [TestCase("application/grpc+proto", "200")]
    [TestCase("application/grpc;charset=utf-8", "200")]
    public async Task ContentType_Decides(string contentType, string status, CancellationToken timeout)
    {
        var headers = RawHeaders.Encode(
            (":method", "POST"), (":scheme", "http"), (":path", RawHeaders.VersionPath), (":authority", "localhost"),
            ("content-type", contentType));

        var response = await CallAsync(1, headers, [0, 0, 0, 0, 0], timeout);

        Assert.That(response.Fields[":status"], Is.EqualTo(status));
    }

    [Test]
    public async Task Method_Get_Is405(CancellationToken timeout)
    {
        var headers = RawHeaders.Encode(
            (":method", "GET"), (":scheme", "http"), (":path", RawHeaders.VersionPath), (":authority", "localhost"));

        var response = await CallAsync(1, headers, [], timeout);

        Assert.That(response.Fields[":status"], Is.EqualTo("405"));
    }

    [Test]
    public async Task Deadline_ClientHasNoTimerOfItsOwn_IsTold(CancellationToken timeout)
    {
        _server.Runtime.OnExecSync = async (_, _) => await new TaskCompletionSource<ExecSyncResponse>().Task;
        var headers = RawHeaders.ForCall(RawHeaders.ExecSyncPath, more: ("grpc-timeout", "50m"));

        var response = await CallAsync(1, headers, [0, 0, 0, 0, 0], timeout);

        Assert.That(response.Fields["grpc-status"], Is.EqualTo("4"));
        await AssertStillServesAsync(timeout);
    }

    [Test]
    public async Task Deadline_RequestNeverEnds_IsTold(CancellationToken timeout)
    {
        await _client.SendHeadersAsync(1, RawHeaders.ForCall(RawHeaders.VersionPath, more: ("grpc-timeout", "50m")));

        var response = await _client.ReadResponseAsync(1, timeout);

        Assert.That(response.Fields["grpc-status"], Is.EqualTo("4"));
    }

    [Test]
    public async Task Reset_CallIsRunning_CancelsTheToken(CancellationToken timeout)
    {
        const byte ResetStream = 3;
        const byte Cancel = 8;
        var started = new TaskCompletionSource<CancellationToken>();
        _server.Runtime.OnExecSync = async (_, context) =>
        {
            started.SetResult(context.CancellationToken);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new ExecSyncResponse();
        };
        await _client.SendHeadersAsync(1, RawHeaders.ForCall(RawHeaders.ExecSyncPath));
        await _client.SendDataAsync(1, 0, 0, 0, 0, 0);
        var token = await started.Task.WaitAsync(timeout);

        await _client.SendFrameAsync(ResetStream, 0, 1, [0, 0, 0, Cancel]);

        var cancelled = new TaskCompletionSource();
        await using (token.Register(cancelled.SetResult))
        {
            await cancelled.Task.WaitAsync(timeout);
        }

        await AssertStillServesAsync(timeout);
        await _server.Outcomes.WaitForAsync(outcome => outcome.Status.StatusCode == StatusCode.Cancelled, timeout);
    }

    private async Task<RawResponse> CallAsync(int stream, byte[] headers, byte[] body, CancellationToken timeout)
    {
        await _client.SendHeadersAsync(stream, headers);
        await _client.SendDataAsync(stream, body);
        return await _client.ReadResponseAsync(stream, timeout);
    }

    private async Task AssertStillServesAsync(CancellationToken timeout)
    {
        var response = await CallAsync(99, RawHeaders.ForCall(RawHeaders.VersionPath), [0, 0, 0, 0, 0], timeout);
        Assert.That(response.Fields["grpc-status"], Is.EqualTo("0"));
    }
}
