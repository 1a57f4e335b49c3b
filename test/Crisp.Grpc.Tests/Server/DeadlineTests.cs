using Crisp.Grpc.Tests.Fakes;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Grpc.Tests.Server;

[CancelAfter(120_000)]
internal sealed class DeadlineTests
{
    private RunningServer _server;

    [SetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Deadline_Given_HandlerSeesIt()
    {
        var seen = DateTime.MinValue;
        _server.Runtime.OnExecSync = (_, context) =>
        {
            seen = context.Deadline;
            return Task.FromResult(new ExecSyncResponse());
        };
        var deadline = Deadline.In(TimeSpan.FromHours(1));

        await _server.Client.ExecSyncAsync(new ExecSyncRequest(), deadline: deadline);
        Assert.That(seen, Is.EqualTo(deadline).Within(TimeSpan.FromMinutes(1)));

        await _server.Client.ExecSyncAsync(new ExecSyncRequest());
        Assert.That(seen, Is.EqualTo(DateTime.MaxValue));
    }

    [Test]
    public async Task Deadline_Passed_CancelsTheHandlersToken(CancellationToken timeout)
    {
        var cancelled = new TaskCompletionSource();
        _server.Runtime.OnExecSync = async (_, context) =>
        {
            using var registration = context.CancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new ExecSyncResponse();
        };

        var failure = await Failing.RpcAsync(async () => await _server.Client.ExecSyncAsync(
            new ExecSyncRequest(), deadline: Deadline.Soon, cancellationToken: timeout));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        await cancelled.Task.WaitAsync(timeout);
    }

    [Test]
    public async Task Deadline_PassedBeforeTheCall_HandlerIsNotCalled()
    {
        var calls = 0;
        _server.Runtime.OnExecSync = (_, _) => Task.FromResult(new ExecSyncResponse { ExitCode = calls++ });

        var failure = await Failing.RpcAsync(async () => await _server.Client.ExecSyncAsync(
            new ExecSyncRequest(), deadline: Deadline.In(TimeSpan.FromSeconds(-1))));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        Assert.That(calls, Is.Zero);
    }

    [Test]
    public async Task Deadline_PassedWhileHandlerGoesOn_ItsOwnEndIsToldToo(CancellationToken timeout)
    {
        var work = new TaskCompletionSource<ExecSyncResponse>();
        _server.Runtime.OnExecSync = async (_, context) =>
        {
            var response = await work.Task;
            Assert.That(context.RequestHeaders.GetValue("trace"), Is.EqualTo("abc"));
            return response;
        };

        var failure = await Failing.RpcAsync(async () => await _server.Client.ExecSyncAsync(
            new ExecSyncRequest(),
            new Metadata { { "trace", "abc" } },
            Deadline.Soon,
            timeout));
        await _server.Client.VersionAsync(new VersionRequest(), cancellationToken: timeout);
        work.SetResult(new ExecSyncResponse());

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        var late = await _server.Outcomes.WaitForAsync(outcome => outcome.WithoutClient, timeout);
        Assert.That(late.Status.StatusCode, Is.EqualTo(StatusCode.OK), late.Failure?.Message);
    }

    [Test]
    public async Task Client_GoesAway_CancelsTheHandlersToken(CancellationToken timeout)
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        _server.Runtime.OnExecSync = async (_, context) =>
        {
            using var registration = context.CancellationToken.Register(cancelled.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new ExecSyncResponse();
        };
        using var call = _server.Client.ExecSyncAsync(new ExecSyncRequest(), cancellationToken: timeout);
        await started.Task.WaitAsync(timeout);

        call.Dispose();

        await cancelled.Task.WaitAsync(timeout);
        var failure = await Failing.RpcAsync(async () => await call);
        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Cancelled));
    }
}
