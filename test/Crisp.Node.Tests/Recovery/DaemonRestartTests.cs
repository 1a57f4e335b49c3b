using Crisp.Testing.Logs;
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
        Pod pod = await RunPodAsync();
        string running = await RunSleeperAsync(pod);
        string exited = await RunAsync(pod, ContainerRequest.Named(pod.Config, "exited", Busybox, "sh", "-c", "exit 6"));
        await Cri.ExitedAsync(exited);
        string created = await CreateAsync(pod, ContainerRequest.Named(pod.Config, "created", Busybox, "sh", "-c", "exit 4"));
        PodSandboxStatus podBefore = await Cri.PodAsync(pod.Id);
        ContainerStatus[] before = await StatusesAsync(running, exited, created);

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
        Pod pod = await RunPodAsync();
        string go = Path.Combine(Node.Directory, "go");
        string id = await RunAsync(pod, Container(pod, "sh", "-c", "while [ ! -e /node/go ]; do sleep 0.01; done; echo bye; exit 13")
            .With(container => container.Mounts.Add(new Mount { HostPath = Node.Directory, ContainerPath = "/node" })));
        LogFile log = await Cri.LogAsync(id);

        await EndDaemonAsync(killed);
        DateTimeOffset let = TimeProvider.System.GetUtcNow();
        await File.WriteAllTextAsync(go, "");
        await log.WaitForAsync("bye");
        await Eventually.BecomesTrueAsync(
            "the monitor has written the exit down", () => File.Exists(Path.Combine(Node.RunRoot, "containers", id, "exit")));
        DateTimeOffset known = TimeProvider.System.GetUtcNow();
        File.Delete(go);
        await Node.StartDaemonAsync();

        ContainerStatus status = await Cri.ExitedAsync(id);
        DateTimeOffset finished = DateTimeOffset.UnixEpoch.AddTicks(status.FinishedAt / 100);
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
        Pod pod = await RunPlainPodAsync();
        string id = await RunAsync(pod, "sh", "-c", "i=0; while :; do i=$((i+1)); echo $i; sleep 0.002; done");
        LogFile log = await Cri.LogAsync(id);
        await log.WaitForAsync("10");

        await Node.KillDaemonAsync();
        int atDeath = log.Read().Count;
        await log.WaitForAsync($"{atDeath + 50}");
        await Node.StartDaemonAsync();
        int atStart = log.Read().Count;
        await log.WaitForAsync($"{atStart + 50}");

        IReadOnlyList<string> numbers = log.Contents("stdout");
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, numbers.Count).Select(n => n.ToString())));
    }

    [Test]
    public async Task AfterARestart_StopAndRemove_FreeEverything([Values] bool killed)
    {
        Pod pod = await RunPodAsync(config => config.WithSharedProcesses());
        string id = await RunSleeperAsync(pod);

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
        Pod pod = await RunPlainPodAsync();
        await Node.KillDaemonAsync();
        await Node.StartDaemonAsync();

        PodSandboxConfig different = pod.Config.Clone();
        different.Labels["now"] = "different";
        await Refused.WithAsync(StatusCode.AlreadyExists, () => Cri.RunPodAsync(different), pod.Id);
    }

    [Test]
    public async Task Term_EndsTheDaemonWithSuccess_AndLeavesContainersAlone()
    {
        Pod pod = await RunPlainPodAsync();
        await RunSleeperAsync(pod);

        Assert.That(await Node.Daemon.StopAsync(), Is.Zero, Node.Daemon.Log.ToString());

        Assert.That(
            SlotProcesses.Find(Node.Slot).Select(SlotProcesses.CommandLine), Has.Some.StartsWith("sh -c trap"));
        await Node.StartDaemonAsync();
    }

    [Test]
    public async Task SecondDaemon_OnTheSameState_Refuses_AndTheFirstGoesOn()
    {
        string other = Path.Combine(Node.Directory, "other.conf");
        string configuration = await File.ReadAllTextAsync(Node.ConfigurationPath);
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
