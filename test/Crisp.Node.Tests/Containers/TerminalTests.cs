namespace Crisp.Node.Tests.Containers;

/// <summary>Containers with a terminal, and with an input that stays open.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class TerminalTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Terminal_IsAllThreeStreams_AndItsOutputIsInTheLog()
    {
        var pod = await RunPlainPodAsync();

        var printed = await PrintedAsync(pod, Container(
            pod, "sh", "-c", "test -t 0 && test -t 1 && test -t 2 && echo all three; echo $TERM; echo error >&2; tty")
            .With(container => container.Tty = container.Stdin = true));

        Assert.That(printed.Replace("\r", ""),
            Is.EqualTo("all three\nxterm\nerror\n/dev/pts/0").Or.EqualTo("all three\nxterm\nerror\n/dev/console"));
        Assert.That(printed, Does.StartWith("all three\r\n"), "the terminal's newlines are what it makes of them");
    }

    [Test]
    public async Task Terminal_WithoutInput_RunsToo_AndItsEndIsSeen()
    {
        var pod = await RunPlainPodAsync();

        var id = await RunAsync(
            pod, Container(pod, "sh", "-c", "echo here; exit 9").With(container => container.Tty = true));

        Assert.That((await Cri.ExitedAsync(id)).ExitCode, Is.EqualTo(9));
        Assert.That((await Cri.LogAsync(id)).Contents("stdout"), Is.EqualTo(new[] { "here\r" }));
    }

    [Test]
    public async Task Terminal_AUserThatIsNotRoot_MayOpenIt()
    {
        var pod = await RunPlainPodAsync();

        var printed = await PrintedAsync(pod, Container(pod, "sh", "-c", "id -u; echo again > /dev/tty")
            .With(container =>
            {
                container.Tty = true;
                container.Linux.SecurityContext.RunAsUser = new Int64Value { Value = 1000 };
            }));

        Assert.That(printed.Replace("\r", ""), Is.EqualTo("1000\nagain"));
    }

    [Test]
    public async Task Terminal_IsStopped_AndFoundAgainByANewDaemon()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod, container => container.Tty = container.Stdin = true);

        await Node.KillDaemonAsync();
        await Node.StartDaemonAsync();
        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerRunning));
        await Cri.StopAsync(id, 10);

        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Input_NotAskedFor_IsAtItsEnd_AskedFor_StaysOpen()
    {
        var pod = await RunPlainPodAsync();
        var closed = await RunAsync(
            pod, ContainerRequest.Named(pod.Config, "closed", Busybox, "sh", "-c", "cat; echo end"));
        var open = await RunAsync(
            pod, ContainerRequest.Named(pod.Config, "open", Busybox, "sh", "-c", "echo begin; cat; echo end")
            .With(container => container.Stdin = container.StdinOnce = true));

        Assert.That((await Cri.ExitedAsync(closed)).ExitCode, Is.Zero);
        var log = await Cri.LogAsync(open);
        await log.WaitForAsync("begin");
        Assert.That(await Cri.OutputAsync(open, "readlink", "/proc/1/fd/0"), Does.StartWith("pipe:"));
        Assert.That((await Cri.ContainerAsync(open)).State, Is.EqualTo(ContainerState.ContainerRunning));
        Assert.That(log.Contents("stdout"), Is.EqualTo(new[] { "begin" }));
    }
}
