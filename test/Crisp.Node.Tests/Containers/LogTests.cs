using System.Globalization;
using Crisp.Testing.Logs;
using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>The log file of a container, as kubelet reads and rotates it.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class LogTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Streams_AreKeptApart_InOrder_WithTimes()
    {
        var pod = await RunPlainPodAsync();
        var before = TimeProvider.System.GetUtcNow();

        var log = await FinishedAsync(
            pod, "for i in 1 2 3; do echo out $i; echo err $i >&2; done; echo; echo ' indented'");

        Assert.Multiple(() =>
        {
            Assert.That(log.Contents("stdout"), Is.EqualTo(new[] { "out 1", "out 2", "out 3", "", " indented" }));
            Assert.That(log.Contents("stderr"), Is.EqualTo(new[] { "err 1", "err 2", "err 3" }));
            Assert.That(log.Read().Select(line => line.Tag), Is.All.EqualTo("F"));
            Assert.That(
                File.ReadLines(log.Path),
                Is.All.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(Z|[+-]\d\d:\d\d) std(out|err) F "));
            Assert.That(log.Read().Select(line => line.Time),
                Is.All.InRange(before.AddSeconds(-1), TimeProvider.System.GetUtcNow()));
        });
    }

    [Test]
    public async Task LongLine_IsCutIntoParts_ThatJoinToTheLine()
    {
        var pod = await RunPlainPodAsync();

        var log = await FinishedAsync(pod, "head -c 100000 /dev/zero | tr '\\0' x; echo; echo short");

        var lines = log.Read();
        Assert.Multiple(() =>
        {
            Assert.That(lines.SkipLast(2).Select(line => line.Tag), Is.All.EqualTo("P"));
            Assert.That(lines.TakeLast(2).Select(line => line.Tag), Is.All.EqualTo("F"));
            Assert.That(log.Text("stdout"), Is.EqualTo(new string('x', 100_000) + "\nshort\n"));
        });
    }

    [Test]
    public async Task LastLine_WithoutNewline_IsThere()
    {
        var pod = await RunPlainPodAsync();

        var log = await FinishedAsync(pod, "echo whole; printf unfinished");

        Assert.That(log.Text("stdout").TrimEnd('\n'), Is.EqualTo("whole\nunfinished"));
    }

    [Test]
    public async Task Bytes_AreKeptAsTheyAre()
    {
        var pod = await RunPlainPodAsync();

        var log = await FinishedAsync(pod, @"printf '\001\200\377\r tab\tend\n'");

        Assert.That(log.Contents("stdout").Single(), Is.EqualTo("\u0001\u0080\u00ff\r tab\tend"));
    }

    [Test]
    public async Task ManyLines_AreComplete_WhenTheExitIsReported()
    {
        var pod = await RunPlainPodAsync();

        var log = await FinishedAsync(pod, "seq 1 50000");

        Assert.That(
            log.Contents("stdout"),
            Is.EqualTo(Enumerable.Range(1, 50_000).Select(n => n.ToString(CultureInfo.InvariantCulture))));
    }

    [Test]
    public async Task Reopen_AfterRotation_LosesAndDoublesNothing()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(
            pod, "sh", "-c", "i=0; while [ ! -e /enough ]; do i=$((i+1)); echo $i; done; echo done; sleep 1000");
        var log = await Cri.LogAsync(id);
        List<LogFile> rotated = [];

        for (var rotation = 1; rotation <= 3; rotation++)
        {
            await log.WaitForAsync(_ => true);
            rotated.Add(new LogFile($"{log.Path}.{rotation}"));
            File.Move(log.Path, rotated[^1].Path);
            await Cri.Runtime.ReopenContainerLogAsync(
                new ReopenContainerLogRequest { ContainerId = id }, CriCalls.Options());
            Assert.That(File.Exists(log.Path), "there when the call returns");
        }

        await log.WaitForAsync(_ => true);
        await Cri.OutputAsync(id, "touch", "/enough");
        await log.WaitForAsync("done");

        var lines = rotated.Append(log).SelectMany(file => file.Contents("stdout")).ToList();
        Assert.That(
            lines,
            Is.EqualTo(Enumerable.Range(1, lines.Count - 1)
                .Select(n => n.ToString(CultureInfo.InvariantCulture)).Append("done")));
    }

    [Test]
    public async Task Reopen_WhenTheFileIsStillThere_GoesOnWithIt()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(
            pod, "sh", "-c", "echo before; while [ ! -e /go ]; do sleep 0.01; done; echo after; sleep 1000");
        var log = await Cri.LogAsync(id);
        await log.WaitForAsync("before");

        await Cri.Runtime.ReopenContainerLogAsync(
            new ReopenContainerLogRequest { ContainerId = id }, CriCalls.Options());
        await Cri.OutputAsync(id, "touch", "/go");
        await log.WaitForAsync("after");

        Assert.That(log.Contents("stdout"), Is.EqualTo(new[] { "before", "after" }));
    }

    [Test]
    public async Task Reopen_OfAContainerThatDoesNotRun_IsRefused()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, "true");
        await Cri.ExitedAsync(id);

        await Refused.WithAsync(
            StatusCode.FailedPrecondition,
            async () => await Cri.Runtime.ReopenContainerLogAsync(
                new ReopenContainerLogRequest { ContainerId = id }, CriCalls.Options()), id);
    }

    [TestCase("../escaped.log")]
    [TestCase("main/../../escaped.log")]
    [TestCase("/tmp/escaped.log")]
    public async Task Path_ThatClimbsOutOfTheLogDirectory_IsRefused(string path)
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(pod, Container(pod, "true").With(config => config.LogPath = path)), "log_path");

        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        Assert.That(File.Exists(Path.GetFullPath(Path.Combine(pod.Config.LogDirectory, path))), Is.False);
    }

    [Test]
    public async Task Path_ThroughASymlinkOutOfTheLogDirectory_DoesNotReachItsTarget()
    {
        var pod = await RunPlainPodAsync();
        var target = Path.Combine(Node.Directory, "elsewhere");
        Directory.CreateDirectory(target);
        File.CreateSymbolicLink(Path.Combine(pod.Config.LogDirectory, "main"), target);

        try
        {
            await Cri.ExitedAsync(await RunAsync(pod, "echo", "secret"));
        }
        catch (RpcException)
        {
            // Refused is as good.
        }

        Assert.That(Directory.GetFiles(target), Is.Empty);
    }

    [Test]
    public async Task FullDisk_LosesLines_NotTheContainer()
    {
        var small = Path.Combine(Node.Directory, "small");
        Directory.CreateDirectory(small);
        await Command.OutputAsync("mount", "-t", "tmpfs", "-o", "size=64k", "none", small);
        try
        {
            var pod = await RunPlainPodAsync(config => config.LogDirectory = Path.Combine(small, "pod"));
            var id = await RunAsync(pod, "sh", "-c", "seq 1 100000; exit 9");

            Assert.That((await Cri.ExitedAsync(id)).ExitCode, Is.EqualTo(9));
            await Node.RemoveAllPodsAsync();
        }
        finally
        {
            await Command.OutputAsync("umount", "-l", small);
        }
    }

    private async Task<LogFile> FinishedAsync(Pod pod, string script)
    {
        var status = await Cri.ExitedAsync(await RunAsync(pod, "sh", "-c", script));
        return new LogFile(status.LogPath);
    }
}
