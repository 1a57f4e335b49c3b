using Grpc.Core;

namespace Crisp.Node.Tests.Recovery;

/// <summary>The daemon is stopped or killed while containers run: they run on, and the next daemon knows all.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class DaemonRestartTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task EverythingIsFoundAgain([Values] bool killed)
    {
        var pod = await RunPodAsync();
        var running = await RunSleeperAsync(pod);
        var exited = await RunAsync(pod, ContainerRequest.Named(pod.Config, "exited", Busybox, "sh", "-c", "exit 6"));
        await Cri.ExitedAsync(exited);
        var created = await CreateAsync(
            pod, ContainerRequest.Named(pod.Config, "created", Busybox, "sh", "-c", "exit 4"));
        var podBefore = await Cri.PodAsync(pod.Id);
        var before = await StatusesAsync(running, exited, created);

        await EndDaemonAsync(killed);
        await Node.StartDaemonAsync();

        Assert.That(await Cri.PodAsync(pod.Id), Is.EqualTo(podBefore));
        Assert.That(await StatusesAsync(running, exited, created), Is.EqualTo(before));
        Assert.That(await Cri.OutputAsync(running, "echo", "still here"), Is.EqualTo("still here"));
        await Cri.StartAsync(created);
        Assert.That((await Cri.ExitedAsync(created)).ExitCode, Is.EqualTo(4));
        Assert.That((await Cri.ImageAsync(Busybox))?.Id, Is.Not.Null);
    }

    [Test]
    public async Task ExitWithoutADaemon_IsReportedWithItsCodeAndTime([Values] bool killed)
    {
        var pod = await RunPodAsync();
        var go = Path.Combine(Node.Directory, "go");
        var id = await RunAsync(
            pod, Container(pod, "sh", "-c", "while [ ! -e /node/go ]; do sleep 0.01; done; echo bye; exit 13")
            .With(container => container.Mounts.Add(new Mount { HostPath = Node.Directory, ContainerPath = "/node" })));
        var log = await Cri.LogAsync(id);

        await EndDaemonAsync(killed);
        var let = TimeProvider.System.GetUtcNow();
        await File.WriteAllTextAsync(go, "");
        await log.WaitForAsync("bye");
        await Eventually.BecomesTrueAsync(
            "the monitor has written the exit down",
            () => File.Exists(Path.Combine(Node.RunRoot, "containers", id, "exit")));
        var known = TimeProvider.System.GetUtcNow();
        File.Delete(go);
        await Node.StartDaemonAsync();

        var status = await Cri.ExitedAsync(id);
        var finished = DateTimeOffset.UnixEpoch.AddTicks(status.FinishedAt / 100);
        Assert.Multiple(() =>
        {
            Assert.That(status.ExitCode, Is.EqualTo(13));
            Assert.That(status.Reason, Is.EqualTo("Error"));
            Assert.That(finished, Is.InRange(let, known), "when it ended, not when a daemon saw it");
        });
    }

    [Test]
    public async Task Log_GoesOnWithoutADaemon_WithoutAGap()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, "sh", "-c", "i=0; while :; do i=$((i+1)); echo $i; sleep 0.002; done");
        var log = await Cri.LogAsync(id);
        await log.WaitForAsync("10");

        await Node.KillDaemonAsync();
        var atDeath = log.Read().Count;
        await log.WaitForAsync($"{atDeath + 50}");
        await Node.StartDaemonAsync();
        var atStart = log.Read().Count;
        await log.WaitForAsync($"{atStart + 50}");

        var numbers = log.Contents("stdout");
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, numbers.Count).Select(n => n.ToString())));
    }

    [Test]
    public async Task AfterARestart_StopAndRemove_FreeEverything([Values] bool killed)
    {
        var pod = await RunPodAsync(config => config.WithSharedProcesses());
        var id = await RunSleeperAsync(pod);

        await EndDaemonAsync(killed);
        await Node.StartDaemonAsync();

        await Cri.StopAsync(id, graceSeconds: 10);
        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.Zero);
        await Cri.StopPodAsync(pod.Id);
        await Cri.RemovePodAsync(pod.Id);
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    [Test]
    public async Task AnsweredRequest_AskedAgainOverARestart_AlreadyExists()
    {
        var pod = await RunPlainPodAsync();
        await Node.KillDaemonAsync();
        await Node.StartDaemonAsync();

        var different = pod.Config.Clone();
        different.Labels["now"] = "different";
        await Refused.WithAsync(StatusCode.AlreadyExists, () => Cri.RunPodAsync(different), pod.Id);
    }

    [Test]
    public async Task Term_EndsTheDaemonWithSuccess_AndLeavesContainersAlone()
    {
        var pod = await RunPlainPodAsync();
        await RunSleeperAsync(pod);

        Assert.That(await Node.Daemon.StopAsync(), Is.Zero, Node.Daemon.Log.ToString());

        Assert.That(
            SlotProcesses.Find(Node.Slot).Select(SlotProcesses.CommandLine), Has.Some.StartsWith("sh -c trap"));
        await Node.StartDaemonAsync();
    }

    [Test]
    public async Task SecondDaemon_OnTheSameState_Refuses_AndTheFirstGoesOn()
    {
        var other = Path.Combine(Node.Directory, "other.conf");
        var configuration = await File.ReadAllTextAsync(Node.ConfigurationPath);
        await File.WriteAllTextAsync(
            other, configuration.Replace("crisp.sock", "other.sock", StringComparison.Ordinal));

        (int exitCode, string log) = await DaemonProcess.RunToEndAsync(other);

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(log, Does.Contain(Node.StateRoot).Or.Contain(Node.RunRoot));
        await RunPlainPodAsync();
    }

    private Task EndDaemonAsync(bool killed) => killed ? Node.KillDaemonAsync() : Node.StopDaemonAsync();

    private Task<ContainerStatus[]> StatusesAsync(params string[] ids) =>
        Task.WhenAll(ids.Select(id => Cri.ContainerAsync(id)));
}
