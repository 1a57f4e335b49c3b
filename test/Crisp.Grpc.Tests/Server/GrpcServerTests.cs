using Crisp.Grpc.Client;
using Crisp.Grpc.Server;
using Crisp.Grpc.Tests.Fakes;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Runtime.V1;

namespace Crisp.Grpc.Tests.Server;

[CancelAfter(120_000)]
internal sealed class GrpcServerTests
{
    [Test]
    public async Task Peer_IsTheProcessThatConnected(CancellationToken timeout)
    {
        await using var server = await RunningServer.StartAsync();
        var peer = "";
        server.Runtime.OnExecSync = (_, context) =>
        {
            peer = context.Peer;
            return Task.FromResult(new ExecSyncResponse());
        };

        await server.Client.ExecSyncAsync(new ExecSyncRequest(), cancellationToken: timeout);

        Assert.That(peer, Is.EqualTo($"unix:pid:{Environment.ProcessId}"));
    }

    [Test]
    public async Task Stop_CallIsRunning_WaitsForIt(CancellationToken timeout)
    {
        await using var server = await RunningServer.StartAsync();
        var started = new TaskCompletionSource();
        var work = new TaskCompletionSource<ExecSyncResponse>();
        server.Runtime.OnExecSync = (_, _) =>
        {
            started.SetResult();
            return work.Task;
        };
        using var call = server.Client.ExecSyncAsync(new ExecSyncRequest(), cancellationToken: timeout);
        await started.Task.WaitAsync(timeout);

        var stopping = server.Server.StopAsync(TimeSpan.FromSeconds(20));
        Assert.That(stopping.IsCompleted, Is.False);
        Assert.That(File.Exists(server.SocketPath), Is.False);
        work.SetResult(new ExecSyncResponse { ExitCode = 7 });

        Assert.That((await call).ExitCode, Is.EqualTo(7));
        await stopping.WaitAsync(timeout);
    }

    [Test]
    public async Task Stop_CallDoesNotEnd_IsAbortedAfterTheGivenTime(CancellationToken timeout)
    {
        await using var server = await RunningServer.StartAsync();
        var started = new TaskCompletionSource();
        server.Runtime.OnExecSync = async (_, _) =>
        {
            started.SetResult();
            return await new TaskCompletionSource<ExecSyncResponse>().Task;
        };
        using var call = server.Client.ExecSyncAsync(new ExecSyncRequest(), cancellationToken: timeout);
        await started.Task.WaitAsync(timeout);

        await server.Server.StopAsync(TimeSpan.FromMilliseconds(200)).WaitAsync(timeout);

        var failure = await Failing.RpcAsync(async () => await call);
        Assert.That(failure.StatusCode, Is.Not.EqualTo(StatusCode.OK));
    }

    [Test]
    public async Task Stop_AbandonedHandlerGoesOn_WaitsForItToo(CancellationToken timeout)
    {
        await using var server = await RunningServer.StartAsync();
        var work = new TaskCompletionSource<ExecSyncResponse>();
        server.Runtime.OnExecSync = (_, _) => work.Task;
        await Failing.RpcAsync(async () => await server.Client.ExecSyncAsync(
            new ExecSyncRequest(), deadline: Deadline.Soon, cancellationToken: timeout));

        var stopping = server.Server.StopAsync(TimeSpan.FromSeconds(20));
        Assert.That(stopping.IsCompleted, Is.False);
        work.SetResult(new ExecSyncResponse());

        await stopping.WaitAsync(timeout);
    }

    [Test]
    public async Task Client_ServerWasRestarted_ConnectsAnew(CancellationToken timeout)
    {
        await using var first = await RunningServer.StartAsync();
        await first.Client.VersionAsync(new VersionRequest(), cancellationToken: timeout);
        await first.Server.StopAsync(TimeSpan.FromSeconds(5));
        var gone = await Failing.RpcAsync(
            async () => await first.Client.VersionAsync(new VersionRequest(), cancellationToken: timeout));
        Assert.That(gone.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(gone.Status.Detail, Does.Contain(first.SocketPath));

        await using var second = new GrpcServer(
            new GrpcServerOptions { SocketPath = first.SocketPath }, NullLoggerFactory.Instance, TimeProvider.System);
        second.Map(binder => RuntimeService.BindService(binder, first.Runtime));
        await second.StartAsync(timeout);

        await first.Client.VersionAsync(new VersionRequest(), cancellationToken: timeout);
    }

    [Test]
    public async Task MapException_KnownException_ItsStatusIsSent()
    {
        await using var server = await RunningServer.StartAsync(options => options with
        {
            MapException = failure => failure is TimeoutException
                ? new RpcException(new Status(StatusCode.Aborted, "too slow"))
                : null,
        });
        server.Runtime.OnExecSync = (_, _) => throw new TimeoutException();

        var failure = await Failing.RpcAsync(async () => await server.Client.ExecSyncAsync(new ExecSyncRequest()));

        Assert.That(failure.Status.ToString(), Is.EqualTo(new Status(StatusCode.Aborted, "too slow").ToString()));
    }

    [Test]
    public async Task Client_NobodyListens_IsUnavailable()
    {
        using var channel = new UnixSocketChannel("/tmp/crisp-nobody.sock");
        var client = new RuntimeService.RuntimeServiceClient(channel);

        var failure = await Failing.RpcAsync(async () => await client.VersionAsync(new VersionRequest()));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
    }
}
