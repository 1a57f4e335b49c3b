using Crisp.Grpc.Client;
using Crisp.Grpc.Tests.Fakes;
using Google.Protobuf;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Grpc.Tests.Server;

[CancelAfter(120_000)]
internal sealed class UnaryCallTests
{
    private RunningServer _server;

    [SetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Call_Answered_ReturnsTheMessage()
    {
        var response = await _server.Client.VersionAsync(new VersionRequest { Version = "v1" });

        Assert.That(response.Version, Is.EqualTo("v1"));
        Assert.That(response.RuntimeName, Is.EqualTo("crisp"));
    }

    [Test]
    public async Task Calls_ManyAtOnce_AllGetTheirOwnAnswer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(async number =>
            (await _server.Client.VersionAsync(new VersionRequest { Version = $"{number}" })).Version));

        Assert.That(answers, Is.EqualTo(Enumerable.Range(0, 500).Select(number => $"{number}")));
    }

    [Test]
    public async Task Call_ExceptionWithStatus_ClientGetsStatusTextAndTrailers()
    {
        var trailers = new Metadata { { "step", "cni-add" }, { "detail-bin", [1, 2, 255] } };
        _server.Runtime.OnExecSync = (_, _) => throw new RpcException(
            new Status(StatusCode.NotFound, "Behälter „Zwölf“ ist weg 100%\n"), trailers);

        var failure = await FailAsync(new ExecSyncRequest());

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.NotFound));
        Assert.That(failure.Status.Detail, Is.EqualTo("Behälter „Zwölf“ ist weg 100%\n"));
        Assert.That(failure.Trailers.GetValue("step"), Is.EqualTo("cni-add"));
        Assert.That(failure.Trailers.GetValueBytes("detail-bin"), Is.EqualTo(new byte[] { 1, 2, 255 }));
    }

    [Test]
    public async Task Call_OtherException_IsUnknownWithoutItsText()
    {
        _server.Runtime.OnExecSync = (_, _) => throw new InvalidOperationException("secret");

        var failure = await FailAsync(new ExecSyncRequest());

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unknown));
        Assert.That(failure.Status.Detail, Does.Not.Contain("secret"));
        Assert.That(_server.Outcomes.Single().Failure, Is.TypeOf<InvalidOperationException>());
    }

    [Test]
    public async Task Call_NotOverridden_IsUnimplemented()
    {
        var failure = await Failing.RpcAsync(async () => await _server.Client.StatusAsync(new StatusRequest()));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public async Task Call_ServiceNotMapped_IsUnimplementedAndNamed()
    {
        var images = new ImageService.ImageServiceClient(_server.Channel);

        var failure = await Failing.RpcAsync(async () => await images.ListImagesAsync(new ListImagesRequest()));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
        Assert.That(failure.Status.Detail, Is.EqualTo("unknown service runtime.v1.ImageService"));
        Assert.That(_server.Outcomes.Single().Method, Is.EqualTo("/runtime.v1.ImageService/ListImages"));
    }

    [Test]
    public async Task Call_Metadata_TravelsBothWays()
    {
        var received = new Metadata();
        _server.Runtime.OnExecSync = async (_, context) =>
        {
            received = context.RequestHeaders;
            await context.WriteResponseHeadersAsync(new Metadata { { "early", "1" } });
            context.ResponseTrailers.Add("late", "2");
            return new ExecSyncResponse();
        };
        var headers = new Metadata { { "trace", "abc" }, { "raw-bin", [0, 128] } };

        using var call = _server.Client.ExecSyncAsync(new ExecSyncRequest(), headers);
        await call;

        Assert.That((await call.ResponseHeadersAsync).GetValue("early"), Is.EqualTo("1"));
        Assert.That(call.GetTrailers().GetValue("late"), Is.EqualTo("2"));
        Assert.That(received.GetValue("trace"), Is.EqualTo("abc"));
        Assert.That(received.GetValueBytes("raw-bin"), Is.EqualTo(new byte[] { 0, 128 }));
        Assert.That(received.Select(entry => entry.Key), Has.None.StartsWith("grpc-"));
    }

    [Test]
    public async Task Call_MessagesOf16MB_Pass()
    {
        var bytes = Random.Shared.GetItems<byte>([1, 2, 3], (16 * 1024 * 1024) - 100);
        _server.Runtime.OnExecSync = (request, _) =>
            Task.FromResult(new ExecSyncResponse { Stdout = ByteString.FromBase64(request.ContainerId) });
        var answer = await _server.Client.ExecSyncAsync(
            new ExecSyncRequest { ContainerId = Convert.ToBase64String(bytes.AsSpan(0, 12 * 1024 * 1024 - 100)) });
        Assert.That(answer.Stdout.Length, Is.EqualTo((12 * 1024 * 1024) - 100));

        _server.Runtime.OnExecSync = (_, _) =>
            Task.FromResult(new ExecSyncResponse { Stdout = UnsafeByteOperations.UnsafeWrap(bytes) });
        answer = await _server.Client.ExecSyncAsync(new ExecSyncRequest());
        Assert.That(answer.Stdout.Span.SequenceEqual(bytes), Is.True);
    }

    [Test]
    public async Task Call_RequestBeyond16MB_IsResourceExhausted()
    {
        using var channel = new UnixSocketChannel(
            _server.SocketPath, new UnixSocketChannelOptions { MaxSendMessageBytes = int.MaxValue });
        var client = new RuntimeService.RuntimeServiceClient(channel);

        var request = new ExecSyncRequest { ContainerId = new string('x', 17 << 20) };
        var failure = await Failing.RpcAsync(async () => await client.ExecSyncAsync(request));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    [Test]
    public async Task Call_ResponseBeyond16MB_IsResourceExhausted()
    {
        _server.Runtime.OnExecSync = (_, _) =>
            Task.FromResult(new ExecSyncResponse { Stdout = ByteString.CopyFrom(new byte[17 << 20]) });

        var failure = await FailAsync(new ExecSyncRequest());

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(failure.Status.Detail, Does.Contain("16777216"));
    }

    [Test]
    public async Task Call_Gzip_TravelsBothWays()
    {
        using var channel = new UnixSocketChannel(
            _server.SocketPath, new UnixSocketChannelOptions { CompressRequests = true });
        var client = new RuntimeService.RuntimeServiceClient(channel);
        var text = new string('x', 100_000);

        Assert.That((await client.VersionAsync(new VersionRequest { Version = text })).Version, Is.EqualTo(text));
    }

    [Test]
    public async Task Call_GzipThatUnfoldsBeyondTheBound_IsResourceExhausted()
    {
        using var channel = new UnixSocketChannel(_server.SocketPath, new UnixSocketChannelOptions
        {
            CompressRequests = true,
            MaxSendMessageBytes = int.MaxValue,
        });
        var client = new RuntimeService.RuntimeServiceClient(channel);

        var request = new VersionRequest { Version = new string('x', 40 << 20) };
        var failure = await Failing.RpcAsync(async () => await client.VersionAsync(request));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    [Test]
    public async Task Call_Ended_IsToldOnceWithItsRequest()
    {
        await _server.Client.VersionAsync(new VersionRequest { Version = "v1" });

        var outcome = _server.Outcomes.Single();
        Assert.That(outcome.Method, Is.EqualTo("/runtime.v1.RuntimeService/Version"));
        Assert.That(outcome.Status.StatusCode, Is.EqualTo(StatusCode.OK));
        Assert.That(outcome.Request, Is.EqualTo(new VersionRequest { Version = "v1" }));
        Assert.That(outcome.Duration, Is.GreaterThan(TimeSpan.Zero));
    }

    private Task<RpcException> FailAsync(ExecSyncRequest request) =>
        Failing.RpcAsync(async () => await _server.Client.ExecSyncAsync(request));
}
