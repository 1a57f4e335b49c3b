using System.Text;

namespace Crisp.Linux.Tests;

[CancelAfter(120_000)]
public sealed class ProgramRunnerTests
{
    private EventLoop _loop = null!; // set before each test
    private ProgramRunner _runner = null!; // set before each test

    [SetUp]
    public void SetUp()
    {
        _loop = EventLoop.Start();
        _runner = new ProgramRunner(_loop);
    }

    [TearDown]
    public void TearDown() => _loop.Dispose();

    [Test]
    public async Task Run_OutputAndCode_AreCollectedApart(CancellationToken ct)
    {
        var result = await _runner.RunAsync(Shell("echo out; echo err >&2; exit 7"), ct);
        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetString(result.Stdout), Is.EqualTo("out\n"));
            Assert.That(Encoding.UTF8.GetString(result.Stderr), Is.EqualTo("err\n"));
            Assert.That(result.Exit, Is.EqualTo(new ExitStatus(7, null)));
        });
    }

    [Test]
    public async Task Run_KilledBySignal_ReportsSignal(CancellationToken ct)
    {
        var result = await _runner.RunAsync(Shell("kill -9 $$"), ct);
        Assert.That(result.Exit.ToShellCode(), Is.EqualTo(137));
    }

    [Test]
    public async Task Run_LargeInput_GoesThroughUnchanged(CancellationToken ct)
    {
        var input = new byte[700_000];
        new Random(1).NextBytes(input);
        var result = await _runner.RunAsync(Shell("cat") with { Input = input }, ct);
        Assert.That(result.Stdout, Is.EqualTo(input));
    }

    [Test]
    public async Task Run_ProgramIgnoresInput_IsNoError(CancellationToken ct)
    {
        var result = await _runner.RunAsync(Shell("exec <&-; exit 0") with { Input = new byte[1_000_000] }, ct);
        Assert.That(result.Exit.Succeeded);
    }

    [Test]
    public async Task Run_TooMuchOutput_IsTruncatedAndEnds(CancellationToken ct)
    {
        var result = await _runner.RunAsync(
            Shell("head -c 300000 /dev/zero") with { MaxOutputBytes = 1000 }, ct);
        Assert.Multiple(() =>
        {
            Assert.That(result.Truncated);
            Assert.That(result.Stdout, Has.Length.EqualTo(1000));
        });
    }

    [Test]
    public void Run_Timeout_KillsAndThrows(CancellationToken ct) =>
        Assert.ThrowsAsync<TimeoutException>(() => _runner.RunAsync(
            Shell("sleep 1000") with { Timeout = TimeSpan.FromMilliseconds(50) }, ct));

    [Test]
    public void Run_Cancelled_KillsTheSession(CancellationToken ct)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
        cancel.CancelAfter(50);
        var run = Shell("sleep 1000 & sleep 1000");
        Assert.CatchAsync<OperationCanceledException>(
            () => _runner.RunAsync(run with { Spawn = run.Spawn with { NewSession = true } }, cancel.Token));
    }

    [Test]
    public async Task Run_GrandchildHoldsThePipe_EndsAnyway(CancellationToken ct)
    {
        var result = await _runner.RunAsync(Shell("echo hello; sleep 5 & exit 0"), ct);
        Assert.That(Encoding.UTF8.GetString(result.Stdout), Is.EqualTo("hello\n"));
    }

    [Test]
    public void Run_NoSuchProgram_ThrowsItsErrno(CancellationToken ct)
    {
        var error = Assert.ThrowsAsync<SyscallException>(() => _runner.RunAsync(
            new ProgramRun { Spawn = new SpawnRequest { Program = "/nowhere/at/all", Arguments = [] } }, ct));
        Assert.That(error!.Errno, Is.EqualTo(Errno.ENOENT));
    }

    [Test]
    public async Task Run_InheritedDescriptors_BecomeThreeAndFour_AndNothingElseLeaks(CancellationToken ct)
    {
        var (read, write) = Pipes.Create();
        using (read)
        using (write)
        {
            var run = Shell("ls /proc/self/fd; readlink /proc/$$/fd/3; readlink /proc/$$/fd/4");
            var result = await _runner.RunAsync(
                run with { Spawn = run.Spawn with { Inherited = [write, read], WorkingDirectory = "/" } }, ct);
            var lines = Encoding.UTF8.GetString(result.Stdout).Split('\n', StringSplitOptions.RemoveEmptyEntries);

            // ls itself opens the directory as 5.
            Assert.That(lines[..6], Is.EqualTo(new[] { "0", "1", "2", "3", "4", "5" }));
            Assert.That(lines[6], Does.StartWith("pipe:").And.EqualTo(lines[7]));
        }
    }

    [Test]
    public async Task Run_SignalState_IsCleanAndEnvironmentIsOnlyWhatWasGiven(CancellationToken ct)
    {
        var result = await _runner.RunAsync(new ProgramRun
        {
            Spawn = new SpawnRequest
            {
                Program = "/bin/cat",
                Arguments = ["/proc/self/status", "/proc/self/environ"],
                Environment = ["A=b"],
            },
        }, ct);
        var text = Encoding.UTF8.GetString(result.Stdout);
        Assert.That(text, Does.Contain("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n").And.EndsWith("A=b\0"));
    }

    private static ProgramRun Shell(string script) =>
        new() { Spawn = new SpawnRequest { Program = "/bin/sh", Arguments = ["-c", script] } };
}
