using System.Text;
using Crisp.MonitorProtocol;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Lifecycle;

public sealed class ContainerExitsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly ExitRecord Three = new(3, null, false, 99, null);

    private readonly FakeMonitor _monitor = new();
    private readonly FakeRelease _release = new();
    private readonly CancellationTokenSource _shutdown = new();
    private FakeMonitor? _answering;
    private TemporaryNode _node = null!; // made by SetUp
    private Container _container = null!; // made by SetUp
    private ContainerExits _exits = null!; // made by SetUp

    [SetUp]
    public void MakeContainer()
    {
        _node = new TemporaryNode();
        _container = _node.WriteContainer(TemporaryNode.ContainerRecord(ContainerStage.Running));
        _container.Monitor = _monitor;
        _exits = Exits(new EmptyCgroup());
    }

    [TearDown]
    public void RemoveNode() => _node.Dispose();

    [Test]
    public async Task Exit_IsRecordedThenAcknowledgedThenReleased()
    {
        _monitor.End(Three);
        await _exits.WatchAsync(_container).WaitAsync(Soon);
        Assert.That(_container.Snapshot, Has.Property("Phase").EqualTo(ContainerPhase.Exited)
            .And.Property("ExitCode").EqualTo(3).And.Property("Reason").EqualTo(ExitReasons.Error));
        Assert.That(_container.Exited.IsCompletedSuccessfully, Is.True);
        Assert.That(_monitor.Acknowledged, Is.True);
        Assert.That(_release.Released, Is.EqualTo((string[])[_container.Id]));
    }

    [Test]
    public async Task Exit_CannotBeWritten_IsKnownButNotAcknowledged()
    {
        Directory.Delete(_container.Directory, recursive: true);
        _monitor.End(Three);
        await _exits.WatchAsync(_container).WaitAsync(Soon);
        Assert.That(_container.Snapshot.ExitCode, Is.EqualTo(3));
        Assert.That(_monitor.Acknowledged, Is.False, "the monitor keeps what the disk would not");
    }

    [Test]
    public async Task MonitorLost_NobodySaw_IsUnknown()
    {
        _monitor.Vanish();
        await _exits.WatchAsync(_container).WaitAsync(Soon);
        Assert.That((_container.Snapshot.ExitCode, _container.Snapshot.Reason), Is.EqualTo((255, ExitReasons.Unknown)));
    }

    [Test]
    public async Task MonitorLost_ItsRecordIsThere_Counts()
    {
        var path = _node.Layout.ExitRecords(_container.Id)[1];
        File.WriteAllText(path, Encoding.UTF8.GetString(Three.Format()));
        _monitor.Vanish();
        await _exits.WatchAsync(_container).WaitAsync(Soon);
        Assert.That(_container.Snapshot.ExitCode, Is.EqualTo(3));
    }

    [Test]
    public async Task MonitorSpeaksNonsense_IsLostToo()
    {
        _monitor.Fail(new MonitorProtocolException("nonsense"));
        await _exits.WatchAsync(_container).WaitAsync(Soon);
        Assert.That(_container.Snapshot.Reason, Is.EqualTo(ExitReasons.Unknown));
    }

    [Test]
    public async Task ConnectionLost_MonitorLivesOn_IsAskedAgain()
    {
        var again = new FakeMonitor();
        _answering = again;
        _monitor.Vanish();
        var watch = _exits.WatchAsync(_container);
        again.End(Three);
        await watch.WaitAsync(Soon);
        Assert.That(_container.Snapshot.ExitCode, Is.EqualTo(3));
        Assert.That(again.Acknowledged, Is.True);
    }

    [Test]
    public async Task CgroupCannotBeRead_TheExitIsRecordedAllTheSame()
    {
        _monitor.End(Three);
        await Exits(new UnreadableCgroup()).WatchAsync(_container).WaitAsync(Soon);
        Assert.That(_container.Snapshot.ExitCode, Is.EqualTo(3));
        Assert.That(_monitor.Acknowledged, Is.True);
    }

    [Test]
    public async Task Shutdown_TheContainerRunsOn()
    {
        var watch = _exits.WatchAsync(_container);
        await _shutdown.CancelAsync();
        await watch.WaitAsync(Soon);
        Assert.That(_container.Snapshot.Phase, Is.EqualTo(ContainerPhase.Running));
        Assert.That(_monitor.Acknowledged, Is.False);
    }

    private ContainerExits Exits(IContainerProcesses processes) =>
        new(_node.State, processes, _release,
            (_, _) => Task.FromResult<IMonitor?>(Interlocked.Exchange(ref _answering, null)), _shutdown.Token);
}
