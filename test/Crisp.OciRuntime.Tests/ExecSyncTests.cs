using System.Text;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.OciRuntime.Tests;

/// <summary>ExecSync against the double, which runs commands of our choice as the exec'd process.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ExecSyncTests
{
    private static readonly Oci.Process Process = new()
    {
        User = new Oci.User { Uid = 1000, Gid = 1000 },
        Args = ["true"],
        Cwd = "/",
    };

    private readonly DoubleRuntime _runtime = new();

    /// <summary>As the daemon is: what the runtime detaches becomes a child of ours.</summary>
    [OneTimeSetUp]
    public static void BecomeSubreaper() => ProcessAttributes.BecomeSubreaper();

    [TearDown]
    public void TearDown()
    {
        Assert.That(Directory.Exists(_runtime.CallDirectory) ? Directory.GetFiles(_runtime.CallDirectory) : [],
            Is.Empty, "call files are left");
        _runtime.Dispose();
    }

    [Test]
    public async Task Exec_KeepsStreamsApart_AndTheExitCode()
    {
        _runtime.Answer("exec", "run", "echo out; echo err >&2; exit 7");
        var result = await ExecAsync().ConfigureAwait(false);
        Assert.Multiple(() =>
        {
            Assert.That(Text(result.Stdout), Is.EqualTo("out\n"));
            Assert.That(Text(result.Stderr), Is.EqualTo("err\n"));
            Assert.That(result.ExitCode, Is.EqualTo(7));
            Assert.That(_runtime.Read("input-exec"),
                Is.EqualTo("""{"user":{"uid":1000,"gid":1000},"args":["true"],"cwd":"/"}"""));
            Assert.That(_runtime.LastCall, Does.Not.Contain("-u"));
        });
    }

    [Test]
    public async Task Exec_OfACommandThatIsNotThere_AnswersAsTheRuntimeDoes()
    {
        _runtime.Answer(
            "state", "stdout", """{"ociVersion":"1","id":"abc123","pid":7,"status":"running","bundle":"/b"}""");
        _runtime.Fail("exec", "executable file not found", "255");
        var result = await ExecAsync().ConfigureAwait(false);
        Assert.That(result.ExitCode, Is.EqualTo(255));
        Assert.That(Text(result.Stderr), Is.EqualTo("executable file not found\n"));
    }

    [Test]
    public async Task Exec_WhoseErrorIsOnStderrToo_SaysItOnce()
    {
        _runtime.Answer(
            "state", "stdout", """{"ociVersion":"1","id":"abc123","pid":7,"status":"running","bundle":"/b"}""");
        _runtime.Fail("exec", "not found", "255");
        _runtime.Answer("exec", "stderr", "runc: not found\n");
        Assert.That(Text((await ExecAsync().ConfigureAwait(false)).Stderr), Is.EqualTo("runc: not found\n"));
    }

    /// <summary>
    /// crun gives an exec's streams to the container's user: the host's /dev/null must not be among them.
    /// </summary>
    [Test]
    public async Task Exec_StandardInput_IsAnEndedPipe()
    {
        _runtime.Answer("exec", "run", "readlink /proc/self/fd/0; cat");
        Assert.That(Text((await ExecAsync().ConfigureAwait(false)).Stdout), Does.Match(@"^pipe:\[\d+\]\n$"));
    }

    /// <summary>It is set when the runtime has just started, so the double looks until it is there.</summary>
    [Test]
    public async Task Exec_HasTheContainersOomScore()
    {
        _runtime.Answer(
            "exec", "run",
            "n=0; until grep -x 321 /proc/self/oom_score_adj || [ $n -ge 3000 ]; do n=$((n + 1)); sleep 0.01; done");
        var result = await _runtime.Cli.ExecSyncAsync(
            DoubleRuntime.Known, Process with { OomScoreAdj = 321 }, null, CancellationToken.None).ConfigureAwait(
                false);
        Assert.That(Text(result.Stdout), Is.EqualTo("321\n"));
    }

    [Test]
    public void Exec_InAContainerThatIsGone_Fails()
    {
        _runtime.Fail("exec", "container does not exist", "255");
        var error = Assert.ThrowsAsync<RuntimeFailedException>(
            () => _runtime.Cli.ExecSyncAsync("gone", Process, null, CancellationToken.None));
        Assert.That(error?.Message, Is.EqualTo("double exec of container \"gone\" failed: container does not exist"));
    }

    [Test]
    public async Task Exec_WithTooMuchOutput_IsCutAndSaysSo()
    {
        _runtime.Answer("exec", "run", "head -c 30000000 /dev/zero; head -c 30000000 /dev/zero >&2");
        var result = await ExecAsync().ConfigureAwait(false);
        Assert.Multiple(() =>
        {
            Assert.That(result.Truncated, Is.True);
            Assert.That(result.Stdout.Length + result.Stderr.Length, Is.LessThan(16 * 1024 * 1024));
            Assert.That(Text(result.Stderr), Does.Contain("output cut"));
        });
    }

    [Test]
    public async Task Exec_ThatLeavesSomethingWithItsPipes_EndsAllTheSame()
    {
        var pid = _runtime.InDirectory("left");
        _runtime.Answer("exec", "run", $"setsid sleep 1000 & echo $! > {pid}; echo main");
        var result = await ExecAsync().ConfigureAwait(false); // which has a deadline long before the sleeper's end
        using var sleeper = ProcessInfo.OpenPidFd(int.Parse(File.ReadAllText(pid)));
        Assert.That(Text(result.Stdout), Is.EqualTo("main\n"));
        Assert.That(sleeper, Is.Not.Null, "what left its session is not the exec's");
        PidFds.Signal(sleeper!, Signals.Kill); // asserted above
    }

    [Test]
    public void Exec_PastItsTime_IsGoneWithItsFamilyBeforeTheAnswer()
    {
        var pids = _runtime.InDirectory("family");
        _runtime.Answer(
            "exec", "run",
            $"(sleep 1000 & echo $! >> {pids}; setsid sleep 1001 & echo $! >> {pids}; wait) & echo $$ >> {pids}; sleep 1002");
        int[] family = [];
        // a busy machine may need long to start three
        for (var seconds = 1; family.Length < 3 && seconds <= 32; seconds *= 2)
        {
            File.Delete(pids);
            var error = Assert.ThrowsAsync<CrispException>(
                () => _runtime.Cli.ExecSyncAsync(
                    DoubleRuntime.Known, Process, TimeSpan.FromSeconds(seconds), CancellationToken.None));
            Assert.That(error?.Kind, Is.EqualTo(ErrorKind.DeadlineExceeded));
            family = File.Exists(pids) ? File.ReadAllLines(pids).Select(int.Parse).ToArray() : [];
            Assert.That(family.Where(IsAlive), Is.Empty);
        }

        Assert.That(family, Has.Length.EqualTo(3));
    }

    [Test]
    public void Exec_WhoseCallerGoesAway_IsKilled()
    {
        var pid = _runtime.InDirectory("family");
        _runtime.Answer("exec", "run", $"echo $$ > {pid}; exec sleep 1000");
        var hasStarted = false;
        for (var seconds = 1; !hasStarted && seconds <= 32; seconds *= 2) // a busy machine may need long to start it
        {
            using var caller = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            Assert.ThrowsAsync<OperationCanceledException>(
                () => _runtime.Cli.ExecSyncAsync(DoubleRuntime.Known, Process, null, caller.Token));
            if (!File.Exists(pid) || !int.TryParse(File.ReadAllText(pid), out var started))
                continue;
            hasStarted = true;
            Assert.That(IsAlive(started), Is.False);
        }

        Assert.That(hasStarted);
    }

    [Test]
    public void Exec_ThatHangsBeforeItStarts_IsEnded()
    {
        _runtime.Answer("exec", "pid", "");
        _runtime.Answer("exec", "hang", "");
        var error = Assert.ThrowsAsync<CrispException>(
            () => _runtime.Cli.ExecSyncAsync(
                DoubleRuntime.Known, Process, TimeSpan.FromMilliseconds(300), CancellationToken.None));
        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.DeadlineExceeded));
    }

    private Task<ExecResult> ExecAsync() =>
        _runtime.Cli.ExecSyncAsync(DoubleRuntime.Known, Process, TimeSpan.FromMinutes(1), CancellationToken.None);

    private static bool IsAlive(int pid) => ProcessTable.Find(pid) is { IsZombie: false };

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
