using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>ExecSync: what probes do every few seconds on every node.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class ExecSyncTests(string runtime) : NodeFixture(runtime)
{
    private const int OutputLimit = 16 << 20;

    [Test]
    public async Task Streams_AreApart_AndTheExitCodeIsGiven()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());

        ExecSyncResponse response = await Cri.ExecAsync(id, "sh", "-c", "echo out; echo err >&2; exit 42");

        Assert.Multiple(() =>
        {
            Assert.That(response.Stdout.ToStringUtf8(), Is.EqualTo("out\n"));
            Assert.That(response.Stderr.ToStringUtf8(), Is.EqualTo("err\n"));
            Assert.That(response.ExitCode, Is.EqualTo(42));
        });
    }

    [Test]
    public async Task Process_HasTheContainersUserEnvironmentAndDirectory()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod, container =>
        {
            container.Linux.SecurityContext.RunAsUser = new Int64Value { Value = 1000 };
            container.WorkingDir = "/tmp";
            container.Envs.Add(ContainerRequest.Env("MARK", "here"));
        });

        Assert.That(await Cri.OutputAsync(id, "sh", "-c", "id -u; pwd; echo $MARK"), Is.EqualTo("1000\n/tmp\nhere"));
    }

    [Test]
    public async Task Timeout_KillsTheProcessAndItsDescendants_BeforeItAnswers()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());

        await Refused.WithAsync(StatusCode.DeadlineExceeded, async () => await Cri.Runtime.ExecSyncAsync(
            new ExecSyncRequest { ContainerId = id, Cmd = { "sh", "-c", "sleep 4325 & sleep 4325" }, Timeout = 1 },
            CriCalls.Options()), "within 1 s");

        Assert.That(await Cri.OutputAsync(id, "sh", "-c", "ps | grep -c 'slee[p] 4325' || true"), Is.EqualTo("0"));
    }

    /// <summary>
    /// Descendants go, whatever session they are in, and the session, whoever its members' parents are.
    /// </summary>
    [Test]
    public async Task Timeout_KillsTheSessionToo_ButNotWhatHasLeftBoth()
    {
        const string Script =
            "setsid sleep 4341 & " // a descendant in a session of its own
            + "(sleep 4342 &); " // in the session, but nobody's child any more
            + "(setsid sleep 4343 &); " // has left both: the container's now
            + "(setsid sh -c 'sleep 4344; true') & " // a grandchild beneath another session
            + "while [ \"$(ps | grep -c 'slee[p] 434[1-4]$')\" != 4 ]; do sleep 0.02; done; echo >/all; sleep 4345";
        string id = await RunSleeperAsync(await RunPlainPodAsync());

        await Refused.WithAsync(StatusCode.DeadlineExceeded, async () => await Cri.Runtime.ExecSyncAsync(
            new ExecSyncRequest { ContainerId = id, Cmd = { "sh", "-c", Script }, Timeout = 10 }, CriCalls.Options()));

        Assert.That(await Cri.OutputAsync(id, "ls", "/all"), Is.EqualTo("/all"), "they all ran");
        Assert.That(
            await Cri.OutputAsync(id, "sh", "-c", "ps -o args | grep '^slee[p] 434[1-5]$' || true"),
            Is.EqualTo("sleep 4343"));
    }

    [Test]
    public async Task ADaemonThatWritesOn_DoesNotHoldTheAnswerBack()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());

        ExecSyncResponse response = await Cri.ExecAsync(id, "sh", "-c", "setsid yes noise & echo first; exit 3");

        Assert.That((response.ExitCode, response.Stdout.ToStringUtf8().Contains("first\n")), Is.EqualTo((3, true)));
        // Nobody reads what it writes any more.
        await Eventually.GetAsync("it is gone",
            () => Cri.OutputAsync(id, "sh", "-c", "ps | grep -c 'ye[s] noise' || true"), count => count == "0");
    }

    [Test]
    public async Task Program_ThatDoesNotExist_IsAnAnswerThatNamesIt()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());

        string said;
        try
        {
            ExecSyncResponse response = await Cri.ExecAsync(id, "/no/such/probe");
            Assert.That(response.ExitCode, Is.Not.Zero);
            said = response.Stderr.ToStringUtf8();
        }
        catch (RpcException refusal)
        {
            said = refusal.Status.Detail;
        }

        Assert.That(said, Does.Contain("/no/such/probe"));
        Assert.That(await Cri.OutputAsync(id, "echo", "still here"), Is.EqualTo("still here"));
    }

    [Test]
    public async Task ADaemonLeftBehind_DoesNotHoldTheAnswerBack()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());

        ExecSyncResponse response = await Cri.ExecAsync(id, "sh", "-c", "setsid sleep 1000 & echo started");

        Assert.That(response.Stdout.ToStringUtf8(), Is.EqualTo("started\n"));
    }

    [Test]
    public async Task Output_IsBounded_AndTheAnswerStillComes()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());

        int length;
        try
        {
            ExecSyncResponse response = await Cri.ExecAsync(id, "sh", "-c", "head -c 40000000 /dev/zero");
            length = response.Stdout.Length;
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.ResourceExhausted)
        {
            length = 0;
        }

        Assert.That(length, Is.LessThanOrEqualTo(OutputLimit));
        Assert.That(await Cri.OutputAsync(id, "echo", "still here"), Is.EqualTo("still here"));
    }

    [Test]
    public async Task HundredInARow_LeaveNoDescriptorAndNoProcess()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());
        await Cri.ExecAsync(id, "true");
        int before = Descriptors();

        for (int i = 0; i < 100; i++)
            Assert.That((await Cri.ExecAsync(id, "true")).ExitCode, Is.Zero);

        await Eventually.GetAsync(
            "descriptors as before", () => Task.FromResult(Descriptors()), count => count <= before + 3);
        Assert.That(
            await Cri.OutputAsync(id, "sh", "-c", "ls -d /proc/[0-9]* | wc -l"), Is.EqualTo("4").Or.EqualTo("5"));
    }

    [Test]
    public async Task InParallel_EachGetsItsOwnOutput()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());

        string[] outputs = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => Cri.OutputAsync(id, "echo", $"number {n}")));

        Assert.That(outputs, Is.EqualTo(Enumerable.Range(0, 20).Select(n => $"number {n}")));
    }

    [Test]
    public async Task Caller_ThatGoesAway_TakesItsProcessAlong()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());
        using CancellationTokenSource leaving = new();
        Task call = Cri.Runtime.ExecSyncAsync(
            new ExecSyncRequest { ContainerId = id, Cmd = { "sleep", "4326" } },
            CriCalls.Options(cancellationToken: leaving.Token)).ResponseAsync;
        await Eventually.GetAsync("the process runs", () => CountAsync(id, "4326"), count => count == "1");

        await leaving.CancelAsync();

        Assert.That(async () => await call, Throws.InstanceOf<Exception>());
        await Eventually.GetAsync("the process is gone", () => CountAsync(id, "4326"), count => count == "0");
    }

    [Test]
    public async Task Container_ThatWasNotStarted_CanBeLookedInto()
    {
        Pod pod = await RunPlainPodAsync();
        ContainerConfig config = Container(pod, "true");
        config.Envs.Add(ContainerRequest.Env("MARK", "here"));
        string id = await CreateAsync(pod, config);

        Assert.That(await Cri.OutputAsync(id, "sh", "-c", "echo $MARK"), Is.EqualTo("here"));

        await Cri.StartAsync(id);
        Assert.That((await Cri.ExitedAsync(id)).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Container_ThatEnded_IsAFailedPrecondition()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await CreateAsync(pod, Container(pod, "true"));
        await Cri.StartAsync(id);
        await Cri.ExitedAsync(id);

        await Refused.WithAsync(StatusCode.FailedPrecondition, () => Cri.ExecAsync(id, "true"), id);
    }

    [Test]
    public async Task EmptyCommand_IsRefused()
    {
        string id = await RunSleeperAsync(await RunPlainPodAsync());

        await Refused.WithAsync(StatusCode.InvalidArgument, () => Cri.ExecAsync(id), "cmd");
    }

    private Task<string> CountAsync(string id, string seconds) =>
        Cri.OutputAsync(id, "sh", "-c", $"ps | grep -c 'slee[p] {seconds}' || true");

    private int Descriptors() => Directory.GetFiles($"/proc/{Node.Daemon.Id}/fd").Length;
}
