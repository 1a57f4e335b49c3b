using System.Text;
using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor.Tests;

[CancelAfter(120_000)]
public sealed class MonitorProcessTests
{
    private MonitorFixture _fixture = null!; // set before each test

    [SetUp]
    public void SetUp() => _fixture = new MonitorFixture();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task Container_WritesAndEnds_LogAndRecordsAreComplete(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("echo out; echo err >&2; printf tail; exit 7", ct);
        Assert.That(client.StartTime, Is.EqualTo(ProcessInfo.StartTime(client.ContainerPid)));
        var monitor = MonitorFixture.MonitorOf(client);
        _fixture.Start();
        var record = await client.Exit.WaitAsync(ct);
        Assert.Multiple(() =>
        {
            Assert.That((record.ExitCode, record.Signal, record.OomKilled, record.Message),
                Is.EqualTo((7, (int?)null, false, (string?)null)));
            Assert.That(record.Pid, Is.EqualTo(client.ContainerPid));
            Assert.That(record.StartTime, Is.EqualTo(client.StartTime));
            Assert.That(record.BootId, Is.EqualTo(ProcessInfo.BootId()));
            Assert.That(
                _fixture.LogLines(), Is.EquivalentTo(new[] { "stdout F out", "stderr F err", "stdout F tail" }));
            Assert.That(_fixture.Records.Select(ExitRecord.Read), Is.All.EqualTo(record));
        });
        await client.AcknowledgeExitAsync();
        await _fixture.WaitForEndAsync(monitor, ct);
        Assert.That(File.Exists($"{_fixture.Path}/socket"), Is.False);
    }

    [Test]
    public async Task Daemon_GoneBeforeTheMonitorBegan_EndsIt(CancellationToken ct)
    {
        (SeqPacketSocket ours, SeqPacketSocket theirs) = SeqPacketSocket.Pair();
        ours.Dispose();
        using var monitor = ChildProcess.Start(new SpawnRequest
        {
            Program = MonitorFixture.Program,
            Arguments = ["/named/only"],
            Inherited = [theirs.Descriptor],
        });
        theirs.Dispose();
        await _fixture.Loop.WaitReadableAsync(monitor.PidFd, ct);
        Assert.That(monitor.TryReap(), Is.Not.Null);
    }

    [Test]
    public async Task Signal_EndsTheContainer_AndIsReported(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("sleep 1000", ct);
        await client.SignalAsync(Signals.Kill, ct);
        var record = await client.Exit.WaitAsync(ct);
        Assert.That((record.ExitCode, record.Signal), Is.EqualTo((137, (int?)9)));
        await client.SignalAsync(Signals.Kill, ct);
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task Signal_Impossible_SaysWhy(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("sleep 1000", ct);
        var error = Assert.ThrowsAsync<SyscallException>(() => client.SignalAsync(999, ct));
        Assert.That(error!.Errno, Is.EqualTo(Errno.EINVAL));
        await EndAsync(client, ct);
    }

    [TestCase("", "from stderr", "from stderr")]
    [TestCase("""{"level":"error","msg":"from the log"}""", "from stderr", "from the log")]
    public void Create_Fails_TheRuntimesOwnWordsComeBack(
        string log, string stderr, string message, CancellationToken ct)
    {
        File.WriteAllText($"{_fixture.Path}/fail", "stdout noise");
        File.WriteAllText($"{_fixture.Path}/fail-stderr", stderr);
        File.WriteAllText($"{_fixture.Path}/fail-log", log);
        var error = Assert.ThrowsAsync<MonitorCreateException>(() => _fixture.LaunchAsync("true", ct));
        Assert.That((error!.Message, error.IsByRuntime), Is.EqualTo((message, true)));
        Assert.That(File.Exists($"{_fixture.Path}/socket"), Is.False);
    }

    [Test]
    public void Create_RuntimeIsMissing_SaysSo(CancellationToken ct)
    {
        var launch = _fixture.Launch("true") with { RuntimeProgram = "/nowhere/crun" };
        var error = Assert.ThrowsAsync<MonitorCreateException>(
            () => MonitorClient.LaunchAsync(MonitorFixture.Program, launch, _fixture.Loop, ct));
        Assert.That(error!.Message, Does.Contain("/nowhere/crun").And.Contain("ENOENT"));
        Assert.That(error.IsByRuntime, Is.False, "no runtime said that");
    }

    [Test]
    public void Create_LogPathClimbsOut_IsRefused(CancellationToken ct)
    {
        var launch = _fixture.Launch("true") with { LogPath = "../0.log" };
        Assert.ThrowsAsync<MonitorCreateException>(
            () => MonitorClient.LaunchAsync(MonitorFixture.Program, launch, _fixture.Loop, ct));
        Assert.That(File.Exists($"{_fixture.Path}/0.log"), Is.False);
    }

    [Test]
    public void Launch_MonitorIsMissing_SaysSo(CancellationToken ct)
    {
        var error = Assert.ThrowsAsync<MonitorCreateException>(
            () => MonitorClient.LaunchAsync("/nowhere/crisp-monitor", _fixture.Launch("true"), _fixture.Loop, ct));
        Assert.That(error!.Message, Does.Contain("/nowhere/crisp-monitor"));
    }

    [Test]
    public void Launch_MonitorEndsAtOnce_SaysSo(CancellationToken ct) => Assert.ThrowsAsync<MonitorCreateException>(
        () => MonitorClient.LaunchAsync("/bin/true", _fixture.Launch("true"), _fixture.Loop, ct));

    [Test]
    public async Task Create_Cancelled_KillsTheRuntimeAndEndsTheMonitor(CancellationToken ct)
    {
        File.WriteAllText($"{_fixture.Path}/hang", "");
        using var cancel = new CancellationTokenSource();
        using var watch = InotifyWatch.Open(_fixture.Path, InotifyEvents.ClosedAfterWrite);
        var launch = _fixture.LaunchAsync("true", cancel.Token);
        await foreach (var change in watch.ReadAsync(_fixture.Loop, ct))
        {
            if (change.Name == "runtime.pid")
                break;
        }

        var runtime = int.Parse(await File.ReadAllTextAsync($"{_fixture.Path}/runtime.pid", ct));
        await cancel.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => launch);
        await _fixture.WaitForEndAsync(runtime, ct);
        Assert.That(File.Exists($"{_fixture.Path}/socket"), Is.False);
    }

    [Test]
    public async Task DaemonGone_ContainerAndLogGoOn_ANewDaemonHearsTheRest(CancellationToken ct)
    {
        var first = await _fixture.LaunchAsync("echo one; read go < gate2; echo two; exit 3", ct);
        _fixture.Start();
        await first.DisposeAsync();

        await using var second = (await MonitorClient.ConnectAsync($"{_fixture.Path}/socket", _fixture.Loop, ct))!;
        await using var third = (await MonitorClient.ConnectAsync($"{_fixture.Path}/socket", _fixture.Loop, ct))!;
        Assert.That((second.ContainerPid, second.StartTime), Is.EqualTo((first.ContainerPid, first.StartTime)));
        _fixture.GoOn();
        Assert.That((await second.Exit.WaitAsync(ct)).ExitCode, Is.EqualTo(3));
        Assert.That((await third.Exit.WaitAsync(ct)).ExitCode, Is.EqualTo(3));
        Assert.That(_fixture.LogLines(), Is.EqualTo(new[] { "stdout F one", "stdout F two" }));

        // The monitor stays until one of them has acknowledged.
        await using var late = (await MonitorClient.ConnectAsync($"{_fixture.Path}/socket", _fixture.Loop, ct))!;
        Assert.That((await late.Exit.WaitAsync(ct)).ExitCode, Is.EqualTo(3));
        await late.AcknowledgeExitAsync();
    }

    [Test]
    public async Task DaemonGone_ContainerEnds_TheRecordStaysAndTheMonitorEnds(CancellationToken ct)
    {
        var client = await _fixture.LaunchAsync("exit 5", ct);
        var monitor = MonitorFixture.MonitorOf(client);
        await client.DisposeAsync();
        _fixture.Start();
        await _fixture.WaitForEndAsync(monitor, ct);
        Assert.That(ExitRecord.ReadFirst(_fixture.Records)!.ExitCode, Is.EqualTo(5));
        Assert.That(await MonitorClient.ConnectAsync($"{_fixture.Path}/socket", _fixture.Loop, ct), Is.Null);
    }

    [Test]
    public async Task DaemonGone_RecordCannotBeWritten_TheMonitorStaysAndTells(CancellationToken ct)
    {
        var launch = _fixture.Launch("exit 5");
        launch = launch with { ExitRecordPaths = [launch.ExitRecordPaths[0], "/proc/version/exit"] };
        var client = await MonitorClient.LaunchAsync(MonitorFixture.Program, launch, _fixture.Loop, ct);
        var monitor = MonitorFixture.MonitorOf(client);
        await client.DisposeAsync();
        using var watch = InotifyWatch.Open($"{_fixture.Path}/run", InotifyEvents.MovedTo);
        _fixture.Start();
        await _fixture.Loop.WaitReadableAsync(watch.Descriptor, ct);

        await using var next = (await MonitorClient.ConnectAsync(launch.SocketPath, _fixture.Loop, ct))!;
        Assert.That((await next.Exit.WaitAsync(ct)).ExitCode, Is.EqualTo(5));
        await next.AcknowledgeExitAsync();
        await _fixture.WaitForEndAsync(monitor, ct);
    }

    [Test]
    public async Task MonitorKilled_ExitFaults_UnlessARecordIsThere(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("sleep 1000", ct);
        using var container = ProcessInfo.OpenPidFd(client.ContainerPid)!;
        using var monitor = ProcessInfo.OpenPidFd(MonitorFixture.MonitorOf(client))!;
        PidFds.Signal(monitor, Signals.Kill);
        Assert.ThrowsAsync<MonitorLostException>(() => client.Exit.WaitAsync(ct));
        Assert.ThrowsAsync<MonitorLostException>(() => client.SignalAsync(9, ct));
        PidFds.Signal(container, Signals.Kill);
    }

    [Test]
    public async Task MonitorKilled_RecordOnDisk_IsTaken(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("sleep 1000", ct);
        File.WriteAllBytes(_fixture.Records[1], new ExitRecord(9, null, false, 1, null).Format());
        using var container = ProcessInfo.OpenPidFd(client.ContainerPid)!;
        using var monitor = ProcessInfo.OpenPidFd(MonitorFixture.MonitorOf(client))!;
        PidFds.Signal(monitor, Signals.Kill);
        Assert.That((await client.Exit.WaitAsync(ct)).ExitCode, Is.EqualTo(9));
        PidFds.Signal(container, Signals.Kill);
    }

    [Test]
    public async Task Signals_ToTheMonitor_DoNotEndIt(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("exit 4", ct);
        using var monitor = ProcessInfo.OpenPidFd(MonitorFixture.MonitorOf(client))!;
        foreach (var signal in (int[])[Signals.Terminate, Signals.Interrupt, Signals.Hangup])
            PidFds.Signal(monitor, signal);
        _fixture.Start();
        Assert.That((await client.Exit.WaitAsync(ct)).ExitCode, Is.EqualTo(4));
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task Grandchild_HoldsThePipes_TheExitIsReportedAnyway(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync(
            "echo out; sleep 1000 & echo $! > grandchild; printf rest; exit 0", ct);
        _fixture.Start();
        Assert.That((await client.Exit.WaitAsync(ct)).ExitCode, Is.Zero);
        Assert.That(_fixture.LogLines(), Is.EqualTo(new[] { "stdout F out", "stdout F rest" }));
        await client.AcknowledgeExitAsync();
        using var grandchild =
            ProcessInfo.OpenPidFd(int.Parse(await File.ReadAllTextAsync($"{_fixture.Path}/grandchild", ct)))!;
        PidFds.Signal(grandchild, Signals.Kill);
    }

    [Test]
    public async Task Orphans_AreReaped(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync(
            "sh -c 'sh -c \"echo \\$\\$ > orphan; exit 0\" & exit 0'; read go < gate2", ct);
        var monitor = MonitorFixture.MonitorOf(client);
        using var watch = InotifyWatch.Open(_fixture.Path, InotifyEvents.ClosedAfterWrite);
        _fixture.Start();
        await foreach (var change in watch.ReadAsync(_fixture.Loop, ct))
        {
            if (change.Name == "orphan")
                break;
        }

        var orphan = (await File.ReadAllTextAsync($"{_fixture.Path}/orphan", ct)).Trim();
        while (Directory.Exists($"/proc/{orphan}")) // until somebody has reaped it
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var children = await File.ReadAllTextAsync($"/proc/{monitor}/task/{monitor}/children", ct);
        Assert.That(children.Trim(), Is.EqualTo($"{client.ContainerPid}"));
        await EndAsync(client, ct);
    }

    [Test]
    public async Task ReopenLog_WhileOutputFlows_LosesAndDoublesNothing(CancellationToken ct)
    {
        const int Rotations = 50;
        await using var client = await _fixture.LaunchAsync(
            "n=0; while [ ! -e enough ]; do seq $((n+1)) $((n+1000)); n=$((n+1000)); done; echo $n > written", ct);
        _fixture.Start();
        for (var rotation = 0; rotation < Rotations; rotation++)
        {
            File.Move(_fixture.Log, $"{_fixture.Log}.{rotation:000000}");
            await client.ReopenLogAsync(ct);
        }

        await File.WriteAllTextAsync($"{_fixture.Path}/enough", "", ct);
        await client.Exit.WaitAsync(ct);

        var lines = Directory.GetFiles($"{_fixture.Path}/logs/name")
            .OrderBy(path => path == _fixture.Log).ThenBy(path => path, StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Select(line => line[31..]);
        var written = int.Parse(await File.ReadAllTextAsync($"{_fixture.Path}/written", ct));
        Assert.That(lines, Is.EqualTo(Enumerable.Range(1, written).Select(i => $"stdout F {i}")));
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task NoLog_OutputIsDropped_AndTheContainerDoesNotHang(CancellationToken ct)
    {
        var launch = _fixture.Launch("seq 1 100000") with { LogDirectory = null, LogPath = null };
        await using var client = await MonitorClient.LaunchAsync(MonitorFixture.Program, launch, _fixture.Loop, ct);
        _fixture.Start();
        Assert.That((await client.Exit.WaitAsync(ct)).ExitCode, Is.Zero);
        await client.AcknowledgeExitAsync();
        Assert.That(Directory.GetFileSystemEntries($"{_fixture.Path}/logs"), Is.Empty);
    }

    [Test]
    public async Task OomCounter_GrewAndKilled_IsOomKilled_OnlyWhenNobodyAsked(
        [Values] bool asked, CancellationToken ct)
    {
        var events = $"{_fixture.Path}/memory.events";
        await File.WriteAllTextAsync(events, "oom 3\noom_kill 3\n", ct);
        var script = asked
            ? "echo oom_kill 4 > memory.events; sleep 1000"
            : "echo oom_kill 4 > memory.events; kill -9 $$";
        var launch = _fixture.Launch(script) with { MemoryCgroup = _fixture.Path };
        await using var client = await MonitorClient.LaunchAsync(MonitorFixture.Program, launch, _fixture.Loop, ct);
        using var watch = InotifyWatch.Open(events, InotifyEvents.ClosedAfterWrite);
        _fixture.Start();
        await _fixture.Loop.WaitReadableAsync(watch.Descriptor, ct);
        if (asked)
            await client.SignalAsync(Signals.Kill, ct);
        var record = await client.Exit.WaitAsync(ct);
        Assert.That((record.ExitCode, record.OomKilled), Is.EqualTo((137, !asked)));
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task Garbage_OnTheSocket_OnlyClosesThatConnection(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("exit 0", ct);
        using var stranger = SeqPacketSocket.Connect($"{_fixture.Path}/socket")!;
        stranger.TrySend(Encoding.ASCII.GetBytes("\u0002\0garbage that is no launch"));
        stranger.TrySend([1]);
        var buffer = new byte[1000];
        int length;
        do
        {
            await _fixture.Loop.WaitReadableAsync(stranger.Descriptor, ct);
            Assert.That(stranger.TryReceive(buffer, out length), Is.EqualTo(Errno.None));
        }
        while (length > 0);

        _fixture.Start();
        Assert.That((await client.Exit.WaitAsync(ct)).ExitCode, Is.Zero);
        await client.AcknowledgeExitAsync();
    }

    private static async Task EndAsync(MonitorClient client, CancellationToken ct)
    {
        await client.SignalAsync(Signals.Kill, ct);
        await client.Exit.WaitAsync(ct);
        await client.AcknowledgeExitAsync();
    }
}
