using Crisp.Grpc.Client;
using Crisp.Grpc.Tests.Fakes;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Grpc.Tests.Server;

[CancelAfter(120_000)]
internal sealed class ServerStreamingCallTests
{
    private RunningServer _server;

    [SetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase(false)]
    [TestCase(true)]
    public async Task Stream_Messages_ComeInOrder(bool isCompressed)
    {
        _server.Runtime.OnEvents = (stream, _) => WriteAsync(stream, 1000);
        using var channel = new UnixSocketChannel(
            _server.SocketPath, new UnixSocketChannelOptions { CompressRequests = isCompressed });
        var client = new RuntimeService.RuntimeServiceClient(channel);

        using var call = client.GetContainerEvents(new GetEventsRequest());
        var numbers = new List<long>();
        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            numbers.Add(message.CreatedAt);
        }

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(0, 1000)));
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.OK));
    }

    [Test]
    public async Task Stream_EachMessage_ArrivesWhenItIsWritten(CancellationToken timeout)
    {
        var goOn = new SemaphoreSlim(0);
        _server.Runtime.OnEvents = async (stream, context) =>
        {
            for (var i = 0; i < 3; i++)
            {
                await stream.WriteAsync(new ContainerEventResponse { CreatedAt = i }, context.CancellationToken);
                await goOn.WaitAsync(context.CancellationToken);
            }
        };
        using var call = _server.Client.GetContainerEvents(new GetEventsRequest(), cancellationToken: timeout);

        for (var i = 0; i < 3; i++)
        {
            Assert.That(await call.ResponseStream.MoveNext(timeout), Is.True);
            Assert.That(call.ResponseStream.Current.CreatedAt, Is.EqualTo(i));
            goOn.Release();
        }

        Assert.That(await call.ResponseStream.MoveNext(timeout), Is.False);
    }

    [Test]
    public async Task Stream_FailsHalfway_StatusComesAfterTheMessages(CancellationToken timeout)
    {
        _server.Runtime.OnEvents = async (stream, _) =>
        {
            await WriteAsync(stream, 1);
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "no more"));
        };
        using var call = _server.Client.GetContainerEvents(new GetEventsRequest(), cancellationToken: timeout);

        Assert.That(await call.ResponseStream.MoveNext(timeout), Is.True);
        var failure = await Failing.RpcAsync(() => call.ResponseStream.MoveNext(timeout));

        Assert.That(failure.Status.StatusCode, Is.EqualTo(StatusCode.FailedPrecondition));
        Assert.That(failure.Status.Detail, Is.EqualTo("no more"));
    }

    [Test]
    public async Task Stream_ClientGoesAway_HandlerIsCancelled(CancellationToken timeout)
    {
        var ended = new TaskCompletionSource<Exception>();
        _server.Runtime.OnEvents = async (stream, context) =>
        {
            await WriteAsync(stream, 1);
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            catch (Exception failure)
            {
                ended.SetResult(failure);
                throw;
            }
        };
        var call = _server.Client.GetContainerEvents(new GetEventsRequest(), cancellationToken: timeout);
        await call.ResponseStream.MoveNext(timeout);

        call.Dispose();

        Assert.That(await ended.Task.WaitAsync(timeout), Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Stream_SlowReader_HoldsTheWriterBack(CancellationToken timeout)
    {
        var written = 0;
        _server.Runtime.OnEvents = async (stream, _) =>
        {
            var message = new ContainerEventResponse { ContainerId = new string('x', 64 * 1024) };
            for (; written < 1000; written++)
            {
                await stream.WriteAsync(message);
            }
        };
        using var call = _server.Client.GetContainerEvents(new GetEventsRequest(), cancellationToken: timeout);
        await call.ResponseStream.MoveNext(timeout);
        for (var i = 0; i < 200; i++)
        {
            await _server.Client.VersionAsync(new VersionRequest(), cancellationToken: timeout);
        }

        // 64 MB are to come; what the HTTP/2 windows and buffers hold is far less.
        Assert.That(Volatile.Read(ref written), Is.LessThan(500));
    }

    [Test]
    public async Task Stream_ServerStops_EndsUnavailable(CancellationToken timeout)
    {
        _server.Runtime.OnEvents = async (stream, context) =>
        {
            await WriteAsync(stream, 1);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using var call = _server.Client.GetContainerEvents(new GetEventsRequest(), cancellationToken: timeout);
        await call.ResponseStream.MoveNext(timeout);

        await _server.Server.StopAsync(TimeSpan.FromSeconds(10));

        var failure = await Failing.RpcAsync(() => call.ResponseStream.MoveNext(timeout));
        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
    }

    private static async Task WriteAsync(IServerStreamWriter<ContainerEventResponse> stream, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await stream.WriteAsync(new ContainerEventResponse { CreatedAt = i });
        }
    }
}
