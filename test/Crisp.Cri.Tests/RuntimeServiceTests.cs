using Crisp.Cni;
using Crisp.Cri.Tests.Fakes;
using Crisp.Errors;
using Crisp.Pods;
using Google.Protobuf;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Cri.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RuntimeServiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    private readonly RecordedLog _log = new();
    private readonly FakePods _pods = new(
        Snapshots.Pod("aa11", PodPhase.Ready, "10.0.0.2", "fd00::2"), Snapshots.Pod("bb22", PodPhase.NotReady));
    private readonly FakeContainers _containers = new(
        Snapshots.Container("cc22"), Snapshots.Container("dd33", "bb22", ContainerPhase.Exited));

    private readonly FakeObservation _observed = new();

    private CniReadiness _network = new(false, CniReadiness.NotReadyReason, "no configuration in /etc/cni/net.d");
    private RuntimeReadiness _runtime = new(true, "", "");
    private RuntimeService _service = null!; // made before each test

    [SetUp]
    public void SetUp()
    {
        _log.Lines.Clear();
        _service = new RuntimeService(new CriDependencies
        {
            Streams = new FakeUrls(),
            Pods = _pods,
            Containers = _containers,
            Stats = _containers,
            PodStats = _observed,
            PodMetrics = _observed,
            Events = _observed,
            Checkpoints = null!, // no test of this class asks for one
            Images = null!, // no RPC of this service looks at images
            Node = new NodeFacts
            {
                RuntimeVersion = "1.2.3",
                SystemdCgroups = false,
                Handlers =
                [
                    new HandlerFeatures { Name = "runc", RecursiveReadOnlyMounts = true, UserNamespaces = false },
                    new HandlerFeatures { Name = "crun", RecursiveReadOnlyMounts = true, UserNamespaces = true },
                ],
                DefaultHandler = "crun",
                Runtime = () => _runtime,
                Network = () => _network,
                ConfigurationJson = () => """{"sandboxImage":""}""",
                NetworkJson = () => "{}",
                PodCidr = new PodCidrTemplate(template: "", directory: "/nowhere"),
            },
            Loggers = _log,
            Time = new StoppedClock(Now),
        });
    }

    [Test]
    public async Task Version_IsWhatKubeletWants()
    {
        var version = await _service.Version(new VersionRequest(), new FakeCallContext());
        Assert.That(
            new[] { version.Version, version.RuntimeName, version.RuntimeVersion, version.RuntimeApiVersion },
            Is.EqualTo(new[] { "0.1.0", "crisp", "1.2.3", "v1" }));
    }

    [Test]
    public async Task Status_TellsTheNetworksReasonAndHandlersWithTheDefaultAsEmptyName()
    {
        var status = await _service.Status(new StatusRequest(), new FakeCallContext());
        Assert.That(
            status.Status.Conditions.Select(c => $"{c.Type} {c.Status} {c.Reason} {c.Message}"), Is.EqualTo(new[]
            {
                "RuntimeReady True  ",
                "NetworkReady False NetworkPluginNotReady no configuration in /etc/cni/net.d",
            }));
        Assert.That(status.RuntimeHandlers.Select(h => h.Name), Is.EqualTo(new[] { "", "runc", "crun" }));
        Assert.That(status.RuntimeHandlers.Select(h => h.Features.UserNamespaces),
            Is.EqualTo(new[] { true, false, true }), "the empty name is the default's");
        Assert.That(status.RuntimeHandlers.Select(h => h.Features.RecursiveReadOnlyMounts), Is.All.True);
        Assert.That(status.Features.SupplementalGroupsPolicy,
            Is.True, "kubelet admits no pod with the policy Strict without it");
        Assert.That(status.Info, Is.Empty);

        _network = new CniReadiness(true, "", "");
        _runtime = new RuntimeReadiness(false, "CgroupsSplit", "mend it");
        status = await _service.Status(new StatusRequest { Verbose = true }, new FakeCallContext());
        Assert.That(status.Status.Conditions.Select(c => $"{c.Status} {c.Reason} {c.Message}"),
            Is.EqualTo(new[] { "False CgroupsSplit mend it", "True  " }));
        Assert.That(status.Info["config"], Is.EqualTo("""{"sandboxImage":""}"""));
    }

    [TestCase(false, CgroupDriver.Cgroupfs)]
    [TestCase(true, CgroupDriver.Systemd)]
    public async Task RuntimeConfig_IsTheConfiguredDriver(bool systemd, CgroupDriver driver)
    {
        var node = new NodeFacts
        {
            RuntimeVersion = "1.2.3",
            SystemdCgroups = systemd,
            Handlers = [],
            DefaultHandler = "crun",
            Runtime = () => _runtime,
            Network = () => _network,
            ConfigurationJson = () => "{}",
            NetworkJson = () => "{}",
            PodCidr = new PodCidrTemplate(template: "", directory: "/nowhere"),
        };

        var answer = await new Rpc.RuntimeConfig(node).HandleAsync(new RuntimeConfigRequest(), CancellationToken.None);

        Assert.That(answer.Linux.CgroupDriver, Is.EqualTo(driver));
    }

    [Test]
    public async Task RuntimeConfig_TellsTheCgroupDriver()
    {
        var config = await _service.RuntimeConfig(new RuntimeConfigRequest(), new FakeCallContext());
        Assert.That(config.Linux.CgroupDriver, Is.EqualTo(CgroupDriver.Cgroupfs));
        Assert.That(
            await _service.UpdateRuntimeConfig(new UpdateRuntimeConfigRequest(), new FakeCallContext()), Is.Not.Null);
    }

    [Test]
    public async Task PodSandboxStatus_TellsEverything()
    {
        var response = await _service.PodSandboxStatus(
            new PodSandboxStatusRequest { PodSandboxId = "aa", Verbose = true }, new FakeCallContext());
        var status = response.Status;
        Assert.That(status.Network.Ip, Is.EqualTo("10.0.0.2"));
        Assert.That(status.Network.AdditionalIps.Single().Ip, Is.EqualTo("fd00::2"));
        Assert.That(status.Linux.Namespaces.Options.Pid, Is.EqualTo(NamespaceMode.Container));
        Assert.That(status.Annotations["note"], Is.EqualTo("a\nb"));
        Assert.That((status.RuntimeHandler, status.CreatedAt, status.Metadata.Attempt), Is.EqualTo(("crun", 5L, 2u)));
        Assert.That(response.Info["info"], Does.Contain("\"cgroupParent\":\"/pods\""));
    }

    [Test]
    public async Task ContainerStatus_TellsEverything()
    {
        var response = await _service.ContainerStatus(
            new ContainerStatusRequest { ContainerId = "dd33", Verbose = true }, new FakeCallContext());
        var status = response.Status;
        Assert.That(status.State, Is.EqualTo(ContainerState.ContainerExited));
        Assert.That((status.CreatedAt, status.StartedAt, status.FinishedAt, status.ExitCode, status.Reason),
            Is.EqualTo((10L, 11L, 12L, 3, "Error")));
        Assert.That((status.Image.Image, status.ImageRef, status.ImageId),
            Is.EqualTo(("registry/app:1", "sha256:ff", "sha256:ff")));
        Assert.That(status.Mounts.Single(),
            Is.EqualTo(new Mount { ContainerPath = "/dev/termination-log", HostPath = "/h", Readonly = true }));
        Assert.That(status.User.Linux.SupplementalGroups, Is.EqualTo(new[] { 1001L, 5L }));
        Assert.That(status.Resources.Linux.CpuShares, Is.EqualTo(512));
        Assert.That((status.StopSignal, status.LogPath), Is.EqualTo((Signal.Sigterm, "/var/log/pods/x/main/1.log")));
        Assert.That(response.Info["info"], Does.StartWith("{\"sandboxID\":\"bb22\",\"pid\":99"));
    }

    [TestCase("", null, "", "aa11 bb22")]
    [TestCase("b", null, "", "bb22")]
    [TestCase("", PodSandboxState.SandboxReady, "", "aa11")]
    [TestCase("a", PodSandboxState.SandboxNotready, "", "")]
    [TestCase("", null, "web", "aa11 bb22")]
    [TestCase("", null, "other", "")]
    public async Task ListPodSandbox_FiltersAreAnded(string id, PodSandboxState? state, string app, string expected)
    {
        var filter = new PodSandboxFilter { Id = id };
        if (state is { } s)
            filter.State = new PodSandboxStateValue { State = s };
        if (app.Length > 0)
            filter.LabelSelector.Add("app", app);
        var list = await _service.ListPodSandbox(new ListPodSandboxRequest { Filter = filter }, new FakeCallContext());
        Assert.That(string.Join(' ', list.Items.Select(p => p.Id)), Is.EqualTo(expected));
    }

    [TestCase("", "", null, "", "cc22 dd33")]
    [TestCase("d", "", null, "", "dd33")]
    [TestCase("", "aa", null, "", "cc22")]
    [TestCase("", "", ContainerState.ContainerExited, "", "dd33")]
    [TestCase("", "aa", ContainerState.ContainerExited, "", "")]
    [TestCase("", "", null, "other", "")]
    public async Task ListContainers_FiltersAreAnded(
        string id, string pod, ContainerState? state, string app, string expected)
    {
        var filter = new ContainerFilter { Id = id, PodSandboxId = pod };
        if (state is { } s)
            filter.State = new ContainerStateValue { State = s };
        if (app.Length > 0)
            filter.LabelSelector.Add("app", app);
        var list = await _service.ListContainers(new ListContainersRequest { Filter = filter }, new FakeCallContext());
        Assert.That(string.Join(' ', list.Containers.Select(c => c.Id)), Is.EqualTo(expected));
    }

    [Test]
    public async Task ListContainerStats_LeavesOutExitedContainersAndPartsThatWereNotRead()
    {
        var list = await _service.ListContainerStats(new ListContainerStatsRequest(), new FakeCallContext());
        var stats = list.Stats.Single();
        Assert.That((stats.Attributes.Id, stats.Cpu.Timestamp, stats.Cpu.UsageCoreNanoSeconds.Value),
            Is.EqualTo(("cc22", 7L, 100UL)));
        Assert.That((stats.Cpu.UsageNanoCores, stats.Memory, stats.WritableLayer),
            Is.EqualTo(((UInt64Value?)null, (MemoryUsage?)null, (FilesystemUsage?)null)));
    }

    [Test]
    public void MissingFields_AreNamed()
    {
        AssertMissing("config", () => _service.RunPodSandbox(new RunPodSandboxRequest(), new FakeCallContext()));
        AssertMissing("config.metadata", () => _service.RunPodSandbox(
            new RunPodSandboxRequest { Config = new PodSandboxConfig() }, new FakeCallContext()));
        AssertMissing(
            "pod_sandbox_id", () => _service.StopPodSandbox(new StopPodSandboxRequest(), new FakeCallContext()));
        AssertMissing(
            "pod_sandbox_id", () => _service.RemovePodSandbox(new RemovePodSandboxRequest(), new FakeCallContext()));
        AssertMissing(
            "pod_sandbox_id", () => _service.PodSandboxStatus(new PodSandboxStatusRequest(), new FakeCallContext()));
        AssertMissing(
            "pod_sandbox_id", () => _service.CreateContainer(new CreateContainerRequest(), new FakeCallContext()));
        AssertMissing("config",
            () => _service.CreateContainer(new CreateContainerRequest { PodSandboxId = "aa" }, new FakeCallContext()));
        AssertMissing(
            "container_id", () => _service.StartContainer(new StartContainerRequest(), new FakeCallContext()));
        AssertMissing("container_id", () => _service.StopContainer(new StopContainerRequest(), new FakeCallContext()));
        AssertMissing(
            "container_id", () => _service.RemoveContainer(new RemoveContainerRequest(), new FakeCallContext()));
        AssertMissing(
            "container_id", () => _service.ContainerStatus(new ContainerStatusRequest(), new FakeCallContext()));
        AssertMissing(
            "container_id", () => _service.ContainerStats(new ContainerStatsRequest(), new FakeCallContext()));
        AssertMissing(
            "container_id", () => _service.ReopenContainerLog(new ReopenContainerLogRequest(), new FakeCallContext()));
        AssertMissing("container_id", () => _service.ExecSync(new ExecSyncRequest(), new FakeCallContext()));
        AssertMissing(
            "cmd", () => _service.ExecSync(new ExecSyncRequest { ContainerId = "cc" }, new FakeCallContext()));
    }

    [Test]
    public void NegativeTimes_AreInvalid()
    {
        AssertCode(StatusCode.InvalidArgument, () => _service.StopContainer(
            new StopContainerRequest { ContainerId = "cc", Timeout = -1 }, new FakeCallContext()));
        AssertCode(StatusCode.InvalidArgument, () => _service.ExecSync(
            new ExecSyncRequest { ContainerId = "cc", Cmd = { "true" }, Timeout = -1 }, new FakeCallContext()));
    }

    [Test]
    public void Unknown_IsNotFoundForStatusAndStart()
    {
        AssertCode(StatusCode.NotFound, () => _service.PodSandboxStatus(
            new PodSandboxStatusRequest { PodSandboxId = "zz" }, new FakeCallContext()));
        AssertCode(StatusCode.NotFound,
            () => _service.ContainerStatus(new ContainerStatusRequest { ContainerId = "zz" }, new FakeCallContext()));
        AssertCode(StatusCode.NotFound,
            () => _service.StartContainer(new StartContainerRequest { ContainerId = "zz" }, new FakeCallContext()));
    }

    [Test]
    public async Task ExecSync_PassesCommandAndTimeout_ZeroIsUnbounded()
    {
        _containers.ExecResult = new ExecSyncResult
        {
            Stdout = "out"u8.ToArray(),
            Stderr = "err"u8.ToArray(),
            ExitCode = 5,
            Truncated = true
        };
        var response = await _service.ExecSync(
            new ExecSyncRequest { ContainerId = "cc", Cmd = { "sh", "-c" } }, new FakeCallContext());
        await _service.ExecSync(
            new ExecSyncRequest { ContainerId = "cc", Cmd = { "true" }, Timeout = 3 }, new FakeCallContext());
        Assert.That(_containers.Calls, Is.EqualTo(new[] { "exec cc sh -c unbounded", "exec cc true 3" }));
        Assert.That((response.Stdout, response.ExitCode), Is.EqualTo((ByteString.CopyFromUtf8("out"), 5)));
        Assert.That(response.Stderr.ToStringUtf8(), Is.EqualTo("err"));
    }

    [TestCase(2, "stop aa 1")]
    [TestCase(-1, "stop aa 0")]
    public async Task StopPodSandbox_LeavesTimeToAnswer(int secondsLeft, string call)
    {
        var context = new FakeCallContext { CallDeadline = Now.UtcDateTime.AddSeconds(secondsLeft) };
        await _service.StopPodSandbox(new StopPodSandboxRequest { PodSandboxId = "aa" }, context);
        Assert.That(_pods.Calls, Is.EqualTo(new[] { call }));
    }

    [Test]
    public void Checkpoint_OfNothing_IsInvalid() =>
        AssertCode(StatusCode.InvalidArgument,
            () => _service.CheckpointContainer(new CheckpointContainerRequest(), new FakeCallContext()));

    [Test]
    public async Task Log_ChangesAtInfo_PollingAtDebug_ErrorsAtWarning_MissesOfPollingAtDebug()
    {
        var request = new RunPodSandboxRequest { Config = Snapshots.Pod().Config };
        await _service.RunPodSandbox(request, new FakeCallContext());
        await _service.ListContainers(new ListContainersRequest(), new FakeCallContext());
        await _service.ExecSync(
            new ExecSyncRequest { ContainerId = "cc", Cmd = { "probe", "secret" } }, new FakeCallContext());
        _pods.Failure = new CrispException(ErrorKind.AlreadyExists, "taken");
        AssertCode(StatusCode.AlreadyExists, () => _service.RunPodSandbox(request, new FakeCallContext()));
        AssertCode(StatusCode.NotFound,
            () => _service.ContainerStatus(new ContainerStatusRequest { ContainerId = "zz" }, new FakeCallContext()));

        Assert.That(_log.Lines.Select(l => System.Text.RegularExpressions.Regex.Replace(l, @"[0-9.]+ ms", "N ms")),
            Is.EqualTo(new[]
            {
                "Information RunPodSandbox pod default/web attempt 2: new-pod done in N ms",
                "Debug ListContainers done in N ms",
                "Debug ExecSync container cc command probe: exit code 0 done in N ms",
                "Warning RunPodSandbox pod default/web attempt 2 failed after N ms: AlreadyExists: taken",
                "Debug ContainerStatus container zz failed after N ms: NotFound: container \"zz\" not found",
            }));
    }

    [Test]
    public void CallerThatWentAway_IsCancelled_PastItsDeadlineDeadlineExceeded()
    {
        _pods.Failure = new OperationCanceledException();
        AssertCode(StatusCode.Cancelled,
            () => _service.StopPodSandbox(new StopPodSandboxRequest { PodSandboxId = "aa" }, new FakeCallContext()));
        var late = new FakeCallContext { CallDeadline = DateTime.UnixEpoch };
        AssertCode(StatusCode.DeadlineExceeded,
            () => _service.StopPodSandbox(new StopPodSandboxRequest { PodSandboxId = "aa" }, late));
    }

    private static void AssertMissing(string field, Func<Task> call)
    {
        var e = AssertCode(StatusCode.InvalidArgument, call);
        Assert.That(e.Status.Detail, Is.EqualTo($"{field}: is missing"));
    }

    private static RpcException AssertCode(StatusCode code, Func<Task> call)
    {
        var e = Assert.ThrowsAsync<RpcException>(call)!;
        Assert.That(e.StatusCode, Is.EqualTo(code), e.Status.Detail);
        return e;
    }
}
