using Crisp.Testing.Logs;

namespace Crisp.Node.Tests.Containers;

/// <summary>The monitor beside a container: what it costs, and what is left when it is killed.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class MonitorTests(string runtime) : NodeFixture(runtime)
{
    private int MonitorOf(string id) => SlotProcesses.Find(Node.Slot).Single(process =>
        SlotProcesses.CommandLine(process).Contains($"crisp-monitor {Node.RunRoot}/m/{id}", StringComparison.Ordinal));

    [Test]
    public async Task Killed_WhileTheContainerRuns_ItRunsOn_AndIsStoppedAndRemoved()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);

        SlotProcesses.Kill(MonitorOf(id));

        Assert.That(await Cri.OutputAsync(id, "echo", "alive"), Is.EqualTo("alive"));
        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerRunning));
        await Cri.StopAsync(id, 10);
        var status = await Cri.ContainerAsync(id);
        Assert.Multiple(() =>
        {
            Assert.That(status.State, Is.EqualTo(ContainerState.ContainerExited));
            Assert.That(status.ExitCode, Is.EqualTo(255));
            Assert.That(status.Reason, Is.EqualTo("ContainerStatusUnknown"));
            Assert.That(status.Message, Does.Contain("monitor"));
            Assert.That(status.FinishedAt, Is.GreaterThanOrEqualTo(status.StartedAt));
        });
        await Cri.RemoveAsync(id);
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    [Test]
    public async Task Killed_ThenTheContainerEnds_ThatIsNoticed()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, "sh", "-c", "while [ ! -e /go ]; do sleep 0.01; done; exit 3");

        SlotProcesses.Kill(MonitorOf(id));
        await Cri.OutputAsync(id, "touch", "/go");

        Assert.That((await Cri.ExitedAsync(id)).ExitCode, Is.EqualTo(255));
    }

    [Test]
    public async Task Killed_WhileThereIsNoDaemon_TheNextOneSaysWhatIs()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);

        await Node.KillDaemonAsync();
        SlotProcesses.Kill(MonitorOf(id));
        await Node.StartDaemonAsync();

        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerRunning));
        await Cri.StopAsync(id, 10);
        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(255));
    }

    [Test]
    public async Task Monitor_HoldsOnlyWhatItNeeds_AndSleeps()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, "sh", "-c", "echo up; sleep 1000");
        await (await Cri.LogAsync(id)).WaitForAsync("up");
        var monitor = MonitorOf(id);
        await Eventually.BecomesTrueAsync("the monitor sleeps", () => Field(monitor, "State").StartsWith('S'));

        string[] files = [.. Directory.GetFileSystemEntries($"/proc/{monitor}/fd")
            .Select(path => new FileInfo(path).LinkTarget ?? "")];
        Assert.Multiple(() =>
        {
            Assert.That(files.Where(file => file.StartsWith('/') && !file.StartsWith(
                "/dev/", StringComparison.Ordinal)), Is.EqualTo(new[] { $"{Node.PodLogs}/{LogOf(pod)}" }));
            Assert.That(files, Has.Length.LessThanOrEqualTo(14));
            Assert.That(new FileInfo($"/proc/{monitor}/cwd").LinkTarget, Is.EqualTo("/"));
            Assert.That(PrivateDirtyKilobytes(monitor), Is.LessThan(325), "conmon's");
        });
        var ticks = Ticks(monitor);
        await Cri.OutputAsync(id, "sleep", "0.3");
        Assert.That(Ticks(monitor), Is.EqualTo(ticks), "it does nothing when nothing happens");
    }

    [Test]
    public async Task FullDisk_LosesLines_NotTheContainer_AndSaysSo()
    {
        var directory = Directory.CreateDirectory(Path.Combine(Node.Directory, "small")).FullName;
        await Command.OutputAsync("mount", "-t", "tmpfs", "-o", "size=1m", "none", directory);
        try
        {
            var pod = await RunPlainPodAsync(config => config.LogDirectory = directory);
            var id = await RunAsync(pod, "sh", "-c", "seq 1 200000; exit 4");

            var status = await Cri.ExitedAsync(id);
            Assert.That(status.ExitCode, Is.EqualTo(4));
            Assert.That(
                status.Message, Does.Contain("lines of the log could not be written").And.Contain("No space left"));
            var kept = new LogFile(status.LogPath).Contents("stdout");
            Assert.That(kept, Is.Not.Empty.And.SubsetOf(Enumerable.Range(1, 200_000).Select(n => n.ToString())));
        }
        finally
        {
            await Node.RemoveAllPodsAsync();
            await HostMount.RemoveAsync(directory);
        }
    }

    [Test]
    public async Task RemovedLogDirectory_LosesLines_NotTheContainer_AndSaysSo()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(
            pod, "sh", "-c", "echo up; while [ ! -e /go ]; do sleep 0.01; done; seq 1 1000; exit 4");
        var log = await Cri.LogAsync(id);
        await log.WaitForAsync("up");

        Directory.Delete(pod.Config.LogDirectory, recursive: true);
        await Cri.OutputAsync(id, "touch", "/go");

        var status = await Cri.ExitedAsync(id);
        Assert.That(status.ExitCode, Is.EqualTo(4));
        Assert.That(status.Message, Does.Contain("log file was removed"));
    }

    [Test]
    public async Task Rotations_UnderFullLoad_LoseAndDoubleNothing()
    {
        const int Rotations = 50;
        var gate = Directory.CreateDirectory(Path.Combine(Node.Directory, "gate")).FullName;
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, Container(
            pod, "sh", "-c",
            "n=0; while [ ! -e /gate/enough ]; do seq $((n+1)) $((n+10000)); n=$((n+10000)); done; echo $n >&2")
            .With(container => container.Mounts.Add(new Mount { HostPath = gate, ContainerPath = "/gate" })));
        var log = await Cri.LogAsync(id);
        List<LogFile> files = [];
        while (files.Count < Rotations)
        {
            var rotated = new LogFile($"{log.Path}.{files.Count}");
            File.Move(log.Path, rotated.Path);
            files.Add(rotated);
            await Cri.Runtime.ReopenContainerLogAsync(
                new ReopenContainerLogRequest { ContainerId = id }, CriCalls.Options());
        }

        await File.WriteAllTextAsync(Path.Combine(gate, "enough"), "");
        Assert.That((await Cri.ExitedAsync(id)).ExitCode, Is.Zero);
        var written = int.Parse(log.Contents("stderr").Single());
        Assert.That(
            files.Append(log).SelectMany(file => file.Contents("stdout")),
            Is.EqualTo(Enumerable.Range(1, written).Select(n => n.ToString())));
    }

    private string LogOf(Pod pod) =>
        Path.GetRelativePath(Node.PodLogs, Path.Combine(pod.Config.LogDirectory, "main/0.log"));

    private static string Field(int pid, string name) =>
        File.ReadLines($"/proc/{pid}/status")
            .Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split('\t')[1];

    private static int PrivateDirtyKilobytes(int pid) => int.Parse(
        File.ReadLines($"/proc/{pid}/smaps_rollup")
            .Single(line => line.StartsWith("Private_Dirty:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    /// <summary>User and system time, in clock ticks.</summary>
    private static long Ticks(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11]) + long.Parse(fields[12]);
    }
}
