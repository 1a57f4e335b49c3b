using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>created, running, exited: states, codes, reasons, times, and the calls that are refused in each.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class ContainerLifecycleTests(string runtime) : NodeFixture(runtime)
{
    private static readonly string UnknownId = new('8', 64);

    [Test]
    public async Task States_FollowEachOther_WithTheirTimes()
    {
        var pod = await RunPlainPodAsync();
        var id = await CreateAsync(pod, Container(pod, "sleep", "1000"));

        var created = await Cri.ContainerAsync(id);
        await Cri.StartAsync(id);
        var running = await Cri.ContainerAsync(id);
        await Cri.StopAsync(id, graceSeconds: 0);
        var exited = await Cri.ContainerAsync(id);

        Assert.Multiple(() =>
        {
            Assert.That(created.State, Is.EqualTo(ContainerState.ContainerCreated));
            Assert.That(created.CreatedAt, Is.GreaterThan(1_700_000_000_000_000_000));
            Assert.That(created.StartedAt, Is.Zero);
            Assert.That(running.State, Is.EqualTo(ContainerState.ContainerRunning));
            Assert.That(running.StartedAt, Is.GreaterThanOrEqualTo(created.CreatedAt));
            Assert.That(running.FinishedAt, Is.Zero);
            Assert.That(exited.State, Is.EqualTo(ContainerState.ContainerExited));
            Assert.That(exited.FinishedAt, Is.GreaterThanOrEqualTo(exited.StartedAt));
            Assert.That(exited.StartedAt, Is.EqualTo(running.StartedAt));
        });
    }

    [TestCase("exit 0", 0, "Completed")]
    [TestCase("exit 1", 1, "Error")]
    [TestCase("exit 42", 42, "Error")]
    [TestCase("exit 255", 255, "Error")]
    public async Task Exit_IsReportedWithCodeAndReason(string script, int code, string reason)
    {
        var pod = await RunPlainPodAsync();

        var status = await Cri.ExitedAsync(await RunAsync(pod, "sh", "-c", script));

        Assert.That((status.ExitCode, status.Reason), Is.EqualTo((code, reason)));
    }

    [TestCase("TERM", 143)]
    [TestCase("KILL", 137)]
    [TestCase("HUP", 129)]
    public async Task EndBySignal_Is128PlusTheSignal(string signal, int code)
    {
        var pod = await RunPlainPodAsync(config => config.WithSharedProcesses());
        var id = await RunAsync(pod, "sh", "-c", $"kill -{signal} $$; sleep 1000");

        Assert.That((await Cri.ExitedAsync(id)).ExitCode, Is.EqualTo(code));
    }

    [Test]
    public async Task OutOfMemory_Is137AndOomKilled()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "dd", "if=/dev/zero", "of=/dev/null", "bs=200M", "count=1")
            .With(config => config.Linux.Resources.MemoryLimitInBytes = 16 << 20);

        var status = await Cri.ExitedAsync(await RunAsync(pod, container));

        Assert.That((status.ExitCode, status.Reason), Is.EqualTo((137, "OOMKilled")));
    }

    [Test]
    public async Task OutOfMemory_InAChildOfTheShell_Is137AndOomKilled()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "sh", "-c", "true && dd if=/dev/zero of=/dev/null bs=200M count=1; exit $?")
            .With(config => config.Linux.Resources.MemoryLimitInBytes = 15 << 20);

        var status = await Cri.ExitedAsync(await RunAsync(pod, container));

        Assert.That((status.ExitCode, status.Reason), Is.EqualTo((137, "OOMKilled")));
    }

    [Test]
    public async Task Status_EchoesWhatWasAsked()
    {
        var pod = await RunPlainPodAsync();
        var id = await CreateAsync(pod, Container(pod, "true").With(config =>
        {
            config.Metadata.Attempt = 3;
            config.Image.UserSpecifiedImage = "as/the-author:wrote-it";
            config.Labels["unicode"] = "žluťoučký kůň";
            config.Annotations["multi"] = "line 1\nline 2";
        }));
        var asked = Container(pod, "true");

        var status = await Cri.ContainerAsync(id);
        var listed = (await Cri.ListContainersAsync()).Single();
        var imageId = (await Cri.ImageAsync(Busybox))!.Id;

        Assert.Multiple(() =>
        {
            Assert.That(status.Metadata.Name, Is.EqualTo(asked.Metadata.Name));
            Assert.That(status.Metadata.Attempt, Is.EqualTo(3));
            Assert.That(status.Labels["unicode"], Is.EqualTo("žluťoučký kůň"));
            Assert.That(status.Annotations["multi"], Is.EqualTo("line 1\nline 2"));
            Assert.That(status.Annotations["io.kubernetes.container.hash"], Is.EqualTo("5be8f1a2"));
            Assert.That(
                status.Image.Image, Is.EqualTo("as/the-author:wrote-it"), "kubelet's own word is the ID of the pull");
            Assert.That(status.ImageId, Is.EqualTo(imageId));
            Assert.That(status.ImageRef, Is.Not.Empty);
            Assert.That(status.LogPath, Is.EqualTo(Path.Combine(pod.Config.LogDirectory, "main/0.log")));
            Assert.That(status.Resources.Linux.CpuShares, Is.EqualTo(asked.Linux.Resources.CpuShares));
            Assert.That(
                status.Resources.Linux.MemoryLimitInBytes, Is.EqualTo(asked.Linux.Resources.MemoryLimitInBytes));
            Assert.That(listed.Id, Is.EqualTo(id));
            Assert.That(listed.PodSandboxId, Is.EqualTo(pod.Id));
            Assert.That(listed.ImageId, Is.EqualTo(imageId));
            Assert.That(listed.Labels, Is.EqualTo(status.Labels));
        });
    }

    [Test]
    public async Task VerboseStatus_IsJson_AndKnowsTheProcess()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);

        var response = await Cri.VerboseContainerAsync(id);

        using var info = System.Text.Json.JsonDocument.Parse(response.Info["info"]);
        var pid = info.RootElement.GetProperty("pid").GetInt32();
        await Eventually.BecomesTrueAsync( // runc's start returns just before its process executes the program
            "the process runs the program",
            () => SlotProcesses.CommandLine(pid).StartsWith("sh -c", StringComparison.Ordinal));
    }

    [Test]
    public async Task Start_Twice_IsRefused()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);

        await Refused.WithAsync(StatusCode.FailedPrecondition, () => Cri.StartAsync(id), id);
        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerRunning));
    }

    [Test]
    public async Task Unknown_StopAndRemoveSucceed_OthersAreNotFoundAndNameTheId()
    {
        await Cri.StopAsync(UnknownId, 0);
        await Cri.RemoveAsync(UnknownId);

        await Refused.WithAsync(StatusCode.NotFound, () => Cri.ContainerAsync(UnknownId), UnknownId);
        await Refused.WithAsync(StatusCode.NotFound, () => Cri.StartAsync(UnknownId), UnknownId);
        await Refused.WithAsync(StatusCode.NotFound, () => Cri.ExecAsync(UnknownId, "true"), UnknownId);
        await Refused.WithAsync(
            StatusCode.NotFound,
            async () => await Cri.Runtime.ContainerStatsAsync(
                new ContainerStatsRequest { ContainerId = UnknownId }, CriCalls.Options()), UnknownId);
        await Refused.WithAsync(
            StatusCode.NotFound,
            async () => await Cri.Runtime.ReopenContainerLogAsync(
                new ReopenContainerLogRequest { ContainerId = UnknownId }, CriCalls.Options()), UnknownId);
    }

    [Test]
    public async Task Id_MayBeAUniquePrefix()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);

        Assert.That((await Cri.ContainerAsync(id[..12])).Id, Is.EqualTo(id));
        Assert.That(await Cri.OutputAsync(id[..12], "echo", "there"), Is.EqualTo("there"));
    }

    [Test]
    public async Task Remove_OfARunningContainer_EndsItAndKeepsTheLog()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, "sh", "-c", "echo last words; trap '' TERM; while :; do sleep 1000; done");
        var log = await Cri.LogAsync(id);
        await log.WaitForAsync("last words");

        await Cri.RemoveAsync(id);
        await Cri.RemoveAsync(id);

        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        Assert.That(
            log.Contents("stdout"), Is.EqualTo(new[] { "last words" }), "kubelet shows logs of removed containers");
        Assert.That(SlotCgroups.OfContainers(Node.Slot), Is.Empty);
    }

    [Test]
    public async Task List_FiltersAreAnded()
    {
        var pod = await RunPlainPodAsync();
        var other = await RunPlainPodAsync();
        var running = await RunSleeperAsync(pod, container => container.Labels["tier"] = "front");
        var created = await CreateAsync(
            pod, ContainerRequest.Named(pod.Config, "second", Busybox, "true").With(c => c.Labels["tier"] = "front"));
        var elsewhere = await RunSleeperAsync(other, container => container.Labels["tier"] = "back");
        var runningState = new ContainerStateValue { State = ContainerState.ContainerRunning };

        Assert.Multiple(async () =>
        {
            Assert.That(await IdsAsync(null), Is.EquivalentTo(new[] { running, created, elsewhere }));
            Assert.That(await IdsAsync(new ContainerFilter { Id = created[..8] }), Is.EqualTo(new[] { created }));
            Assert.That(
                await IdsAsync(new ContainerFilter { PodSandboxId = pod.Id }),
                Is.EquivalentTo(new[] { running, created }));
            Assert.That(
                await IdsAsync(new ContainerFilter { PodSandboxId = pod.Id[..12], State = runningState }),
                Is.EqualTo(new[] { running }));
            Assert.That(
                await IdsAsync(new ContainerFilter { State = runningState, LabelSelector = { ["tier"] = "back" } }),
                Is.EqualTo(new[] { elsewhere }));
            Assert.That(
                await IdsAsync(new ContainerFilter { PodSandboxId = other.Id, LabelSelector = { ["tier"] = "front" } }),
                Is.Empty);
        });
    }

    [Test]
    public async Task Program_ThatDoesNotExist_IsNamedInTheError_AndNothingStays()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "/no/such/program");

        var refusal = await Refused.ExpectAsync(async () => await RunAsync(pod, container));

        Assert.That(refusal.Status.Detail, Does.Match(
            $"^{RuntimeName} (create|start) of container \"[0-9a-f]{{64}}\" failed: .*/no/such/program"));
        if ((await Cri.ListContainersAsync()).Count == 0)
            Assert.That(Directory.GetFiles(pod.Config.LogDirectory, "*", SearchOption.AllDirectories), Is.Empty);
        await AssertSlateIsCleanAfterRemovalAsync();
    }

    [Test]
    public async Task WorkingDirectory_ThatIsAFile_IsAClearError_AndNothingStays()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "true").With(config => config.WorkingDir = "/etc/passwd");

        var refusal = await Refused.ExpectAsync(async () => await RunAsync(pod, container));

        Assert.That(refusal.Status.Detail, Does.Contain("/etc/passwd"));
        await AssertSlateIsCleanAfterRemovalAsync();
    }

    /// <summary>
    /// A start that failed may leave a container that kubelet removes; a create that failed leaves none.
    /// </summary>
    private async Task AssertSlateIsCleanAfterRemovalAsync()
    {
        foreach (var left in await Cri.ListContainersAsync())
        {
            Assert.That(left.State, Is.EqualTo(ContainerState.ContainerExited));
            await Cri.RemoveAsync(left.Id);
        }

        Assert.That(SlotCgroups.OfContainers(Node.Slot).Where(path => !path.Contains("conmon")), Is.Empty);
        Assert.That(System.IO.Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers")), Is.Empty);
    }

    private async Task<IReadOnlyList<string>> IdsAsync(ContainerFilter? filter) =>
        (await Cri.ListContainersAsync(filter)).Select(container => container.Id).ToList();
}
