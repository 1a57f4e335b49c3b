namespace Crisp.Node.Tests.Streaming;

/// <summary>What sessions leave in the daemon and in monitors: nothing that grows with their number.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
[CancelAfter(300_000)]
public class SessionLeakTests(string runtime) : StreamFixture(runtime)
{
    private const int AtOnce = 5;
    private const int Rounds = 30;

    /// <summary>
    /// A thread left by each session would be many times as many; the pool's own number comes and goes.
    /// </summary>
    private const int MoreThreads = 20;

    /// <summary>
    /// Less than half a buffer of 32 KiB for each session. The collector's own figure comes and goes.
    /// </summary>
    private const long MoreKilobytes = 8 * 1024;

    /// <summary>Garbage that is not worth a collection yet, and what one costs.</summary>
    private const long MoreMonitorKilobytes = 400;

    [Test]
    public async Task Execs_LeaveTheDaemonAsItWas(CancellationToken cancellationToken)
    {
        string container = await Target.RunSleeperAsync();
        // HTTP and its threads begin with the first client.
        await ManyAsync(() => ExecRoundAsync(container, cancellationToken));
        ProcessFigures before = ProcessFigures.Of(Node.Daemon.Id);

        for (int i = 0; i < Rounds; i++)
            await ManyAsync(() => ExecRoundAsync(container, cancellationToken));

        await before.ComesBackAsync(Node.Daemon.Id, MoreThreads, MoreKilobytes);
        await Eventually.BecomesTrueAsync("no zombies", () => Zombies() == 0);
    }

    [Test]
    public async Task Attaches_LeaveTheDaemonAndTheMonitorAsTheyWere(CancellationToken cancellationToken)
    {
        string container = await Target.RunAsync(
            config => config.Stdin = true,
            "sh", "-c", "trap 'exit 0' TERM; while read line; do echo got $line; done");
        int monitor = SlotProcesses.Find(Node.Slot).Single(process =>
            SlotProcesses.CommandLine(process)
                .Contains($"crisp-monitor {Node.RunRoot}/m/{container}", StringComparison.Ordinal));
        await ManyAsync(() => AttachRoundAsync(container, cancellationToken));
        ProcessFigures daemonBefore = ProcessFigures.Of(Node.Daemon.Id);
        ProcessFigures before = ProcessFigures.Of(monitor);

        for (int i = 0; i < Rounds; i++)
            await ManyAsync(() => AttachRoundAsync(container, cancellationToken));

        await before.ComesBackAsync(monitor, moreThreads: 0, MoreMonitorKilobytes);
        await daemonBefore.ComesBackAsync(Node.Daemon.Id, MoreThreads, MoreKilobytes);
    }

    private static Task ManyAsync(Func<Task> round) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => round()));

    private async Task ExecRoundAsync(string container, CancellationToken cancellationToken)
    {
        await using (var exec = await Target.ExecAsync(container, stdin: true, tty: false, cancellationToken, "cat"))
        {
            await exec.Stdin.WriteTextAsync("x", cancellationToken);
            await exec.Stdin.EndAsync(cancellationToken);
            await exec.FinishAsync(cancellationToken);
        }

        await using (var terminal =
            await Target.ExecAsync(container, stdin: true, tty: true, cancellationToken, "true"))
            await terminal.FinishAsync(cancellationToken);

        // One that vanishes in the middle, and one that is never served.
        var vanishing = await Target.ExecAsync(container, stdin: true, tty: false, cancellationToken, "cat");
        await vanishing.DisposeAsync();
        await Target.ExecUrlAsync(container, stdin: false, tty: false, "true");
    }

    private async Task AttachRoundAsync(string container, CancellationToken cancellationToken)
    {
        await using var attach = await Target.AttachAsync(container, stdin: true, tty: false, cancellationToken);
        await attach.Stdin.WriteTextAsync("x\n", cancellationToken);
        await attach.Stdout.ReadUntilAsync("got x\n", cancellationToken);
    }

    private int Zombies() => Directory.GetDirectories("/proc").Count(directory =>
        int.TryParse(Path.GetFileName(directory), out _) && IsZombieOf(directory, Node.Daemon.Id));

    private static bool IsZombieOf(string directory, int parent)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(directory, "stat"));
            var fields = stat.Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields[0] == "Z" && int.Parse(fields[1]) == parent;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
