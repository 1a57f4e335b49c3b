namespace Crisp.Linux.Tests;

/// <summary>This test process as a subreaper: what is an orphan, and what has an owner.</summary>
public sealed class OwnedChildrenTests
{
    [OneTimeSetUp]
    public void BecomeSubreaper() => ProcessAttributes.BecomeSubreaper();

    [Test]
    public async Task Successor_TakesTheProgramsPlace_OnItsStreams()
    {
        using var loop = EventLoop.Start();
        var pidFile = Path.GetTempFileName();
        var result = await new ProgramRunner(loop).RunAsync(
            Shell($"(sleep 0.2; echo later; exit 7) & echo $! > {pidFile}; echo first") with
            {
                Successor = () => int.Parse(File.ReadAllText(pidFile)),
            },
            CancellationToken.None);
        File.Delete(pidFile);

        Assert.That(System.Text.Encoding.UTF8.GetString(result.Stdout), Is.EqualTo("first\nlater\n"));
        Assert.That(result.Exit, Is.EqualTo(new ExitStatus(7, null)));
    }

    /// <summary>Its parent may have been quicker in making it than we in giving the parent its score.</summary>
    [Test]
    public async Task Successor_HasTheScoreThatItsParentWasToHave()
    {
        using var loop = EventLoop.Start();
        var directory = Directory.CreateTempSubdirectory("crisp-score-").FullName;
        try
        {
            ProgramRun run = Shell($$"""
                cd {{directory}}
                (echo 900 >/proc/self/oom_score_adj; : >another
                n=0; until grep -x 321 /proc/self/oom_score_adj || [ $n -ge 3000 ]; do n=$((n + 1)); sleep 0.01; done) &
                until [ -e another ]; do sleep 0.01; done
                echo $! >pid
                """);
            var result = await new ProgramRunner(loop).RunAsync(
                run with
                {
                    Spawn = run.Spawn with { OomScoreAdj = 321 },
                    Successor = () => int.Parse(File.ReadAllText($"{directory}/pid")),
                },
                CancellationToken.None);

            Assert.That(System.Text.Encoding.UTF8.GetString(result.Stdout), Is.EqualTo("321\n"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Test]
    public async Task Successor_OfAProgramThatFailed_IsNotLookedFor()
    {
        using var loop = EventLoop.Start();
        var result = await new ProgramRunner(loop).RunAsync(
            Shell("exit 3") with { Successor = () => throw new InvalidOperationException("asked") },
            CancellationToken.None);

        Assert.That(result.Exit.Code, Is.EqualTo(3));
    }

    [Test]
    public async Task ReapOrphans_ReapsWhatNobodyOwns_AndLeavesTheOwned()
    {
        using var loop = EventLoop.Start();
        using var owned = ChildProcess.Start(Shell("exit 5").Spawn);
        var orphan = await new ProgramRunner(loop).RunAsync(
            Shell("sh -c 'exit 1' >/dev/null 2>&1 & echo $!"), CancellationToken.None);
        var pid = int.Parse(orphan.Stdout);
        await loop.WaitReadableAsync(owned.PidFd, CancellationToken.None);

        // The owned one may have to be reaped first: it hides those that ended after it.
        OwnedChildren.ReapOrphans();
        Assert.That(owned.TryReap(), Is.EqualTo(new ExitStatus(5, null)));
        using (var end = ProcessInfo.OpenPidFd(pid))
        {
            if (end is not null)
                await loop.WaitReadableAsync(end, CancellationToken.None);
        }

        OwnedChildren.ReapOrphans();
        Assert.That(ProcessTable.Find(pid), Is.Null);
    }

    [Test]
    public async Task OrphansThatWereLeft_AreReaped_AsSoonAsNoChildIsExpected_AndOwnersHaveReapedTheirs()
    {
        using var loop = EventLoop.Start();
        using var owned = ChildProcess.Start(Shell("exit 5").Spawn);
        await loop.WaitReadableAsync(owned.PidFd, CancellationToken.None);
        int orphan;
        using (OwnedChildren.Expect())
        {
            var parent = await new ProgramRunner(loop).RunAsync(
                Shell("sh -c 'exit 1' >/dev/null 2>&1 & echo $!"), CancellationToken.None);
            orphan = int.Parse(parent.Stdout);
            using var end = ProcessInfo.OpenPidFd(orphan)!; // it is not reaped meanwhile
            await loop.WaitReadableAsync(end, CancellationToken.None);
            OwnedChildren.ReapOrphans();
            Assert.That(ProcessTable.Find(orphan), Is.Not.Null);
        }

        Assert.That(owned.TryReap(), Is.EqualTo(new ExitStatus(5, null)));
        Assert.That(ProcessTable.Find(orphan), Is.Null);
    }

    private static ProgramRun Shell(string command) => new()
    {
        Spawn = new SpawnRequest { Program = "/bin/sh", Arguments = ["-c", command] },
    };
}
