using Crisp.Errors;
using Crisp.Linux;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Lifecycle;

public sealed class StopContainerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly FakeProcesses _processes = new();
    private TemporaryNode _node = null!; // made by SetUp
    private Container _container = null!; // made by SetUp
    private StopContainer _stop = null!; // made by SetUp

    [SetUp]
    public void MakeContainer()
    {
        _node = new TemporaryNode();
        _container = _node.WriteContainer(TemporaryNode.ContainerRecord(ContainerStage.Running));
        _node.State.Containers.Add(_container);
        _stop = new StopContainer(_node.State, _processes);
    }

    [TearDown]
    public void RemoveNode() => _node.Dispose();

    [Test]
    public async Task Stop_HeedsItsSignal_IsNotKilled()
    {
        _processes.Heeds.Add(Signals.Terminate);
        await StopAsync(Grace);
        Assert.That(_processes.Sent, Is.EqualTo((int[])[Signals.Terminate]));
    }

    [Test]
    public async Task Stop_OwnSignal_IsSent()
    {
        _container.Change(record => record with { StopSignal = "SIGUSR1" });
        _processes.Heeds.Add(10);
        await StopAsync(Grace);
        Assert.That(_processes.Sent, Is.EqualTo((int[])[10]));
    }

    [Test]
    public async Task Stop_IgnoresItsSignal_IsKilledAfterTheGrace()
    {
        _processes.Heeds.Add(Signals.Kill);
        var stop = StopAsync(Grace);
        await _processes.Signalled.Task.WaitAsync(Soon);
        Assert.That(_processes.Sent, Is.EqualTo((int[])[Signals.Terminate]));
        _node.Time.Advance(Grace);
        await stop;
        Assert.That(_processes.Sent, Is.EqualTo((int[])[Signals.Terminate, Signals.Kill]));
    }

    [Test]
    public async Task Stop_NoGrace_IsSignalledOnceAndKilled()
    {
        _processes.Heeds.Add(Signals.Kill);
        await StopAsync(TimeSpan.Zero);
        Assert.That(_processes.Sent, Is.EqualTo((int[])[Signals.Terminate, Signals.Kill]));
    }

    [Test]
    public async Task Stop_SecondWithLessGrace_ShortensTheFirst()
    {
        _processes.Heeds.Add(Signals.Kill);
        var first = StopAsync(Grace);
        var second = StopAsync(TimeSpan.FromSeconds(2));
        _node.Time.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(first, second);
        Assert.That(_processes.Sent.Count(signal => signal == Signals.Terminate), Is.EqualTo(1));
    }

    [Test]
    public async Task Stop_CallerLeaves_GoesOn()
    {
        _processes.Heeds.Add(Signals.Kill);
        using var leaving = new CancellationTokenSource();
        var call = _stop.StopAsync(_container.Id, Grace, leaving.Token);
        await leaving.CancelAsync();
        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
        _node.Time.Advance(Grace);
        await _container.Exited.WaitAsync(Soon);
    }

    [Test]
    public void Stop_Unkillable_IsAnErrorWithinTheBound()
    {
        var stop = StopAsync(TimeSpan.Zero);
        using var clock = new Timer(
            _ => _node.Time.Advance(TimeSpan.FromSeconds(1)), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
        Assert.That(async () => await stop, Throws.TypeOf<CrispException>()
            .With.Property("Kind").EqualTo(ErrorKind.DeadlineExceeded).And.Message.Contains("SIGKILL"));
    }

    [Test]
    public async Task Stop_NeverStarted_IsKilledAtOnce()
    {
        _container.Change(record => record with { Stage = ContainerStage.Created });
        _processes.Heeds.Add(Signals.Kill);
        await StopAsync(Grace);
        Assert.That(_processes.Sent, Is.EqualTo((int[])[Signals.Kill]));
    }

    [Test]
    public async Task Stop_OverOrUnknown_IsSuccess()
    {
        _container.Change(record => record.ToExited(new ContainerEnd(0, ExitReasons.Completed, "", 5)));
        await StopAsync(Grace);
        await _stop.StopAsync("0123", Grace, CancellationToken.None);
        Assert.That(_processes.Sent, Is.Empty);
    }

    [Test]
    public async Task Resume_GraceIsOver_IsKilledAtOnce()
    {
        _container.Change(record => record.WithKillAt(1));
        _processes.Heeds.Add(Signals.Kill);
        await _stop.ResumeAsync(_container, CancellationToken.None).WaitAsync(Soon);
        Assert.That(_container.IsOver, Is.True);
    }

    private Task StopAsync(TimeSpan grace) =>
        _stop.StopAsync(_container.Id, grace, CancellationToken.None).WaitAsync(Soon);
}
