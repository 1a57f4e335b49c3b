using System.Diagnostics;
using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>StopContainer: the stop signal, the grace period, SIGKILL.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class StopTests(string runtime) : NodeFixture(runtime)
{
    private const string Deaf = "trap '' TERM; echo up; while :; do sleep 1000; done";

    [Test]
    public async Task Term_IsHeard_AndTheExitCodeKept()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunUpAsync(pod, Container(
            pod, "sh", "-c", "trap 'echo heard TERM; exit 7' TERM; echo up; while :; do sleep 1000 & wait $!; done"));

        await Cri.StopAsync(id, graceSeconds: 60);

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(7));
        Assert.That((await Cri.LogAsync(id)).Contents("stdout"), Does.Contain("heard TERM"));
    }

    [Test]
    public async Task StopSignal_OfTheImage()
    {
        await Cri.PullAsync(NodeRun.WithEntrypoint);
        var pod = await RunPlainPodAsync();
        var id = await RunUpAsync(pod, ContainerRequest.Of(
            pod.Config, NodeRun.WithEntrypoint,
            "sh", "-c", "trap 'exit 8' USR1; echo up; while :; do sleep 1000 & wait $!; done"));

        await Cri.StopAsync(id, graceSeconds: 60);

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(8));
    }

    [Test]
    public async Task StopSignal_OfTheRequest_GoesOverTheImages()
    {
        await Cri.PullAsync(NodeRun.WithEntrypoint);
        var pod = await RunPlainPodAsync();
        var id = await RunUpAsync(pod, ContainerRequest.Of(
            pod.Config, NodeRun.WithEntrypoint,
            "sh", "-c", "trap 'exit 8' USR1; trap 'exit 9' USR2; echo up; while :; do sleep 1000 & wait $!; done")
            .With(container => container.StopSignal = Signal.Sigusr2));

        Assert.That((await Cri.ContainerAsync(id)).StopSignal, Is.EqualTo(Signal.Sigusr2));
        await Cri.StopAsync(id, graceSeconds: 20);

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(9));
    }

    [Test]
    public async Task Kill_AfterTheGracePeriod_NotBefore()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunUpAsync(pod, Container(pod, "sh", "-c", Deaf));
        var clock = Stopwatch.StartNew();

        await Cri.StopAsync(id, graceSeconds: 2);

        Assert.That(clock.Elapsed.TotalSeconds, Is.GreaterThan(1.9));
        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(137));
    }

    [Test]
    public async Task NoGrace_KillsAtOnce()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunUpAsync(pod, Container(pod, "sh", "-c", Deaf));

        await Cri.StopAsync(id, graceSeconds: 0);

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(137));
    }

    [Test]
    public async Task SecondStop_WithLessGrace_ShortensTheFirst()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunUpAsync(pod, Container(pod, "sh", "-c", Deaf));

        var first = Cri.StopAsync(id, graceSeconds: 3600);
        await Cri.StopAsync(id, graceSeconds: 1);
        await first;

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(137));
    }

    [Test]
    public async Task FrozenContainer_IsEnded()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);
        var group = SlotCgroups.OfContainers(Node.Slot).Single(
            path => path.EndsWith($"crio-{id}", StringComparison.Ordinal)
            && (ContainerCgroup.IsUnified || path.StartsWith("/sys/fs/cgroup/freezer/", StringComparison.Ordinal)));
        (string file, string frozen) = ContainerCgroup.IsUnified ? ("cgroup.freeze", "1") : ("freezer.state", "FROZEN");
        await File.WriteAllTextAsync($"{group}/{file}", frozen);

        await Cri.StopAsync(id, graceSeconds: 0);

        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerExited));
    }

    /// <summary>
    /// Whoever writes to a frozen file system sleeps where not even SIGKILL is heard, until it thaws.
    /// </summary>
    [Test]
    public async Task UninterruptibleSleep_IsAnErrorWithinABound_AndTheContainerIsStoppedLater()
    {
        ExpectError("uninterruptible sleep");
        var disk = Path.Combine(Node.Directory, "disk");
        var files = Directory.CreateDirectory($"{disk}-mounted").FullName;
        await Command.OutputAsync("truncate", "--size", "16M", disk);
        await Command.OutputAsync("mkfs.ext4", "-q", disk);
        await Command.OutputAsync("mount", "-o", "loop", disk, files);
        try
        {
            var pod = await RunPlainPodAsync();
            var id = await CreateAsync(pod, Container(pod, "sh", "-c", "echo x >/volume/file; sleep 1000")
                .With(config => config.Mounts.Add(new Mount { ContainerPath = "/volume", HostPath = files })));
            await Command.OutputAsync("fsfreeze", "--freeze", files);
            try
            {
                await Cri.StartAsync(id);
                var process = await Cri.PidAsync(id);
                await Eventually.BecomesTrueAsync(
                    "its process sleeps", () => File.ReadAllText($"/proc/{process}/stat").Contains(") D "));

                await Refused.WithAsync(
                    StatusCode.DeadlineExceeded, () => Cri.StopAsync(id, graceSeconds: 0), id, "uninterruptible sleep");
                Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerRunning));
            }
            finally
            {
                await Command.OutputAsync("fsfreeze", "--unfreeze", files);
            }

            await Cri.StopAsync(id, graceSeconds: 0);
            Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(137));
        }
        finally
        {
            await Node.RemoveAllPodsAsync();
            await Command.OutputAsync("umount", files);
        }
    }

    [Test]
    public async Task Stop_OfAnExitedContainer_Succeeds_AndKeepsItsCode()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, "sh", "-c", "exit 5");
        await Cri.ExitedAsync(id);

        await Cri.StopAsync(id, graceSeconds: 5);

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(5));
    }

    [Test]
    public async Task Stop_OfAContainerThatWasNeverStarted_Succeeds()
    {
        var pod = await RunPlainPodAsync();
        var id = await CreateAsync(pod, Container(pod, "sleep", "1000"));

        await Cri.StopAsync(id, graceSeconds: 0);

        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerExited));
        await Cri.RemoveAsync(id);
    }

    [Test]
    public async Task Stop_TakesWhatTheContainerLeftBehind()
    {
        var pod = await RunPlainPodAsync(config => config.WithSharedProcesses());
        var id = await RunUpAsync(pod, Container(pod, "sh", "-c", "setsid sleep 4323 & echo up; exec sleep 4324"));

        await Cri.StopAsync(id, graceSeconds: 0);

        await Eventually.BecomesTrueAsync("no process of the container", () =>
            !SlotProcesses.Find(Node.Slot).Any(process =>
                SlotProcesses.CommandLine(process).Contains("sleep 432", StringComparison.Ordinal)));
    }

    private async Task<string> RunUpAsync(Pod pod, ContainerConfig container)
    {
        var id = await RunAsync(pod, container);
        await (await Cri.LogAsync(id)).WaitForAsync("up");
        return id;
    }
}
