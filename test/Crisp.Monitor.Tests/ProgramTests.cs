using System.Text;
using Crisp.Linux;

namespace Crisp.Monitor.Tests;

[CancelAfter(120_000)]
public sealed class ProgramTests
{
    private EventLoop _loop = null!; // set before each test

    [SetUp]
    public void SetUp() => _loop = EventLoop.Start();

    [TearDown]
    public void TearDown() => _loop.Dispose();

    [Test]
    public async Task Version_IsPrinted(CancellationToken ct)
    {
        var result = await new ProgramRunner(_loop).RunAsync(new ProgramRun { Spawn = Request("--version") }, ct);
        Assert.That(Encoding.ASCII.GetString(result.Stdout), Does.Match(@"^crisp-monitor \d+\.\d+\.\d+\n$"));
    }

    [Test]
    public async Task UnknownArgument_IsAUsageError(CancellationToken ct)
    {
        var result = await new ProgramRunner(_loop).RunAsync(new ProgramRun { Spawn = Request("--help") }, ct);
        Assert.That(result.Exit.Code, Is.EqualTo(2));
    }

    /// <summary>
    /// It has threads before it can block a signal, so it executes itself again with the mask; only then does it
    /// listen.
    /// </summary>
    [TestCase(Signals.Terminate)]
    [TestCase(Signals.Interrupt)]
    public async Task Pause_EndsBySignal_WithCodeZero(int signal, CancellationToken ct)
    {
        using var pause = ChildProcess.Start(Request("pause"));
        while (!ReadsSignals(pause.Id))
            await Task.Yield();
        pause.Signal(signal);
        await _loop.WaitReadableAsync(pause.PidFd, ct);
        Assert.That(pause.TryReap(), Is.EqualTo(new ExitStatus(0, null)));
    }

    /// <summary>Has it executed itself again, and opened its signalfd?</summary>
    private static bool ReadsSignals(int pid) => Directory.GetFiles($"/proc/{pid}/fd")
        .Any(file => new FileInfo(file).LinkTarget == "anon_inode:[signalfd]");

    private static SpawnRequest Request(string argument) =>
        new() { Program = MonitorFixture.Program, Arguments = [argument] };
}
