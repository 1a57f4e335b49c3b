using System.Diagnostics;

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
        Pod pod = await RunPlainPodAsync();
        string id = await RunUpAsync(pod, Container(
            pod, "sh", "-c", "trap 'echo heard TERM; exit 7' TERM; echo up; while :; do sleep 1000 & wait $!; done"));

        await Cri.StopAsync(id, graceSeconds: 20);

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(7));
        Assert.That((await Cri.LogAsync(id)).Contents("stdout"), Does.Contain("heard TERM"));
    }

    [Test]
    public async Task StopSignal_OfTheImage()
    {
        await Cri.PullAsync(NodeRun.WithEntrypoint);
        Pod pod = await RunPlainPodAsync();
        string id = await RunUpAsync(pod, ContainerRequest.Of(
            pod.Config, NodeRun.WithEntrypoint,
            "sh", "-c", "trap 'exit 8' USR1; echo up; while :; do sleep 1000 & wait $!; done"));

        await Cri.StopAsync(id, graceSeconds: 20);

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(8));
    }

    [Test]
    public async Task Kill_AfterTheGracePeriod_NotBefore()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunUpAsync(pod, Container(pod, "sh", "-c", Deaf));
        Stopwatch clock = Stopwatch.StartNew();

        await Cri.StopAsync(id, graceSeconds: 2);

        Assert.That(clock.Elapsed.TotalSeconds, Is.InRange(1.9, 8));
        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(137));
    }

    [Test]
    public async Task NoGrace_KillsAtOnce()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunUpAsync(pod, Container(pod, "sh", "-c", Deaf));

        await Cri.StopAsync(id, graceSeconds: 0);

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(137));
    }

    [Test]
    public async Task SecondStop_WithLessGrace_ShortensTheFirst()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunUpAsync(pod, Container(pod, "sh", "-c", Deaf));
        Stopwatch clock = Stopwatch.StartNew();

        Task first = Cri.StopAsync(id, graceSeconds: 50);
        await Cri.StopAsync(id, graceSeconds: 1);
        await first;

        Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(20));
    }

    [Test]
    public async Task Stop_OfAnExitedContainer_Succeeds_AndKeepsItsCode()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunAsync(pod, "sh", "-c", "exit 5");
        await Cri.ExitedAsync(id);

        await Cri.StopAsync(id, graceSeconds: 5);

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(5));
    }

    [Test]
    public async Task Stop_OfAContainerThatWasNeverStarted_Succeeds()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await CreateAsync(pod, Container(pod, "sleep", "1000"));

        await Cri.StopAsync(id, graceSeconds: 0);

        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerExited));
        await Cri.RemoveAsync(id);
    }

    [Test]
    public async Task Stop_TakesWhatTheContainerLeftBehind()
    {
        Pod pod = await RunPlainPodAsync(config => config.WithSharedProcesses());
        string id = await RunUpAsync(pod, Container(pod, "sh", "-c", "setsid sleep 4323 & echo up; exec sleep 4324"));

        await Cri.StopAsync(id, graceSeconds: 0);

        await Eventually.BecomesTrueAsync("no process of the container", () =>
            !SlotProcesses.Find(Node.Slot).Any(process =>
                SlotProcesses.CommandLine(process).Contains("sleep 432", StringComparison.Ordinal)));
    }

    private async Task<string> RunUpAsync(Pod pod, ContainerConfig container)
    {
        string id = await RunAsync(pod, container);
        await (await Cri.LogAsync(id)).WaitForAsync("up");
        return id;
    }
}
