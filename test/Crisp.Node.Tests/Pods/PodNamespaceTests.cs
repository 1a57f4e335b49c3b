using Grpc.Core;

namespace Crisp.Node.Tests.Pods;

/// <summary>Network, IPC, PID and UTS namespaces: of the pod, the container, the node or another container.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class PodNamespaceTests(string runtime) : NodeFixture(runtime)
{
    private static readonly string[] Kinds = ["net", "ipc", "uts", "pid", "mnt"];

    [Test]
    public async Task Containers_ShareNetworkIpcAndHostname_NotProcessesNorMounts()
    {
        var pod = await RunPodAsync();

        var first = await NamespacesAsync(pod);
        var second = await NamespacesAsync(pod);

        Assert.Multiple(() =>
        {
            foreach (var kind in new[] { "net", "ipc", "uts" })
            {
                Assert.That(first[kind], Is.EqualTo(second[kind]), kind);
                Assert.That(first[kind], Is.Not.EqualTo(OfNode(kind)), kind);
            }

            foreach (var kind in new[] { "pid", "mnt" })
                Assert.That(first[kind], Is.Not.EqualTo(OfNode(kind)), kind);
        });
    }

    [Test]
    public async Task Containers_SeeOnlyTheirOwnProcesses()
    {
        var pod = await RunPodAsync();
        await RunSleeperAsync(pod, container => container.Metadata.Name = "other");

        Assert.That(await PrintedAsync(pod, "sh", "-c", "echo $$"), Is.EqualTo("1"));
        Assert.That(await PrintedAsync(pod, "sh", "-c", "ps | grep -c slee[p] || true"), Is.EqualTo("0"));
    }

    [Test]
    public async Task NodeNetwork_IsTheNodesOwn_WithoutAnAddressInTheStatus()
    {
        var pod = await RunPodAsync(config => config.OnNodeNetwork());

        var namespaces = await NamespacesAsync(pod);

        Assert.Multiple(async () =>
        {
            Assert.That(namespaces["net"], Is.EqualTo(OfNode("net")));
            Assert.That(namespaces["ipc"], Is.Not.EqualTo(OfNode("ipc")));
            Assert.That((await Cri.PodAsync(pod.Id)).Network?.Ip ?? "", Is.Empty);
            Assert.That(Node.Network.Leases(), Is.Empty);
        });
    }

    [Test]
    public async Task NodeIpcAndPid_AreTheNodesOwn()
    {
        var pod = await RunPodAsync(config =>
        {
            config.Linux.SecurityContext.NamespaceOptions.Ipc = NamespaceMode.Node;
            config.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Node;
        });

        var namespaces = await NamespacesAsync(pod);

        Assert.That(namespaces["ipc"], Is.EqualTo(OfNode("ipc")));
        Assert.That(namespaces["pid"], Is.EqualTo(OfNode("pid")));
    }

    /// <summary>So kubelets say it of every pod that has no users of its own.</summary>
    [Test]
    public async Task NodeUsers_AreTheNodesOwn_InThePodAndInTheContainer()
    {
        Pod pod = await RunPodAsync(config =>
            config.Linux.SecurityContext.NamespaceOptions.UsernsOptions = new() { Mode = NamespaceMode.Node });

        string printed = await PrintedAsync(pod, Container(pod, "readlink", "/proc/self/ns/user").With(container =>
            container.Linux.SecurityContext.NamespaceOptions.UsernsOptions = new() { Mode = NamespaceMode.Node }));

        Assert.That(printed, Is.EqualTo(OfNode("user")));
        Assert.That(
            (await Cri.PodAsync(pod.Id)).Linux.Namespaces.Options.UsernsOptions.Mode, Is.EqualTo(NamespaceMode.Node));
    }

    [Test]
    public async Task SharedProcesses_AreSeenByAllContainers_UnderThePodsInit()
    {
        var pod = await RunPodAsync(config => config.WithSharedProcesses());
        var sleeper = await RunAsync(pod, ContainerRequest.Named(pod.Config, "sleeper", Busybox, "sleep", "4321"));
        var other = await RunSleeperAsync(pod);
        await StartedProcess.ProgramRunsAsync(await Cri.PidAsync(sleeper));

        Assert.That(await Cri.OutputAsync(other, "ps"), Does.Contain("sleep 4321"));
        await Eventually.GetAsync(
            "the first process is the pod's init",
            () => Cri.OutputAsync(other, "sh", "-c", "tr '\\0' ' ' </proc/1/cmdline"),
            line => line.Contains("pause", StringComparison.Ordinal));
        await Cri.StopAsync(sleeper, graceSeconds: 0);
        Assert.That((await Cri.ContainerAsync(other)).State, Is.EqualTo(ContainerState.ContainerRunning));
        Assert.That(await Cri.OutputAsync(other, "ps"), Does.Not.Contain("sleep 4321"));
    }

    [Test]
    public async Task SharedProcesses_WhenTheInitDies_ThePodIsNotReadyByItself()
    {
        var pod = await RunPodAsync(config => config.WithSharedProcesses());
        var container = await RunSleeperAsync(pod);

        var init = SlotProcesses.Find(Node.Slot)
            .Single(id => SlotProcesses.CommandLine(id).Contains("pause", StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{id}/cgroup").Contains($"/{Node.Prefix}/", StringComparison.Ordinal)
                && IsFirstInItsNamespace(id));
        SlotProcesses.Kill(init);

        await Eventually.GetAsync(
            "the pod is not ready", () => Cri.PodAsync(pod.Id),
            status => status.State == PodSandboxState.SandboxNotready);
        Assert.That((await Cri.ExitedAsync(container)).ExitCode, Is.EqualTo(137), "its processes die with their init");
    }

    [Test]
    public async Task TargetPid_JoinsTheNamedContainer()
    {
        var pod = await RunPodAsync();
        var target = await RunAsync(pod, ContainerRequest.Named(pod.Config, "target", Busybox, "sleep", "4322"));
        await StartedProcess.ProgramRunsAsync(await Cri.PidAsync(target));

        var printed = await PrintedAsync(pod, Container(pod, "ps").With(container =>
        {
            container.Metadata.Name = "debugger";
            container.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Target;
            container.Linux.SecurityContext.NamespaceOptions.TargetId = target;
        }));

        Assert.That(printed, Does.Contain("sleep 4322"));
    }

    [Test]
    public async Task TargetPid_OfAnotherPod_IsRefused()
    {
        var pod = await RunPlainPodAsync();
        var other = await RunPlainPodAsync();
        var target = await RunSleeperAsync(other);

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(pod, Container(pod, "true").With(container =>
            {
                container.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Target;
                container.Linux.SecurityContext.NamespaceOptions.TargetId = target;
            })));
    }

    [Test]
    public async Task TargetPid_OfAContainerThatHasEnded_IsRefused()
    {
        var pod = await RunPlainPodAsync();
        var target = await RunAsync(pod, ContainerRequest.Named(pod.Config, "target", Busybox, "true"));
        await Cri.ExitedAsync(target);

        await Refused.WithAsync(
            StatusCode.FailedPrecondition,
            () => CreateAsync(pod, Container(pod, "true")
                .With(container => Namespaces(container, pid: NamespaceMode.Target, target: target))),
            target, "not running");
    }

    private static readonly TestCaseData[] Contradictions =
    [
        new TestCaseData((ContainerConfig container) => Namespaces(container, network: NamespaceMode.Node),
            "namespace_options.network"),
        new TestCaseData((ContainerConfig container) => Namespaces(container, network: NamespaceMode.Container),
            "namespace_options.network"),
        new TestCaseData(
            (ContainerConfig container) => Namespaces(container, pid: NamespaceMode.Node), "namespace_options.pid"),
        new TestCaseData((ContainerConfig container) => Namespaces(container, pid: NamespaceMode.Target),
            "namespace_options.target_id"),
        new TestCaseData(
            (ContainerConfig container) => Namespaces(container, ipc: NamespaceMode.Node), "namespace_options.ipc"),
        new TestCaseData(
            (ContainerConfig container) => Namespaces(container, ipc: NamespaceMode.Target), "namespace_options.ipc"),
        new TestCaseData((ContainerConfig container) => Users(container, NamespaceMode.Pod, Root, Root),
            "namespace_options.userns_options"),
        new TestCaseData((ContainerConfig container) => Users(container, NamespaceMode.Target, Root, Root),
            "namespace_options.userns_options"),
        new TestCaseData((ContainerConfig container) => Users(container, NamespaceMode.Pod, new IDMapping(), Root),
            "userns_options.uids"),
        new TestCaseData((ContainerConfig container) => Users(container,
            NamespaceMode.Pod, Root, new IDMapping { ContainerId = 1, HostId = 1, Length = 1 }), "userns_options.gids"),
    ];

    [TestCaseSource(nameof(Contradictions))]
    public async Task ContainerThatContradictsItsPod_IsRefused_AndNothingIsLeft(
        Action<ContainerConfig> change, string field)
    {
        var pod = await RunPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(pod, Container(pod, "true").With(change)), field);

        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        Assert.That(Directory.Exists(Path.Combine(Node.StateRoot, "containers"))
            ? Directory.GetDirectories(Path.Combine(Node.StateRoot, "containers"))
            : [], Is.Empty);
    }

    [Test]
    public async Task PodWithContainersModes_IsRefused(
        [Values(NamespaceMode.Container, NamespaceMode.Target)] NamespaceMode mode)
    {
        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => RunPodAsync(config => config.Linux.SecurityContext.NamespaceOptions.Network = mode),
            "namespace_options.network");
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    private static void Namespaces(
        ContainerConfig container,
        NamespaceMode network = NamespaceMode.Pod,
        NamespaceMode pid = NamespaceMode.Container,
        NamespaceMode ipc = NamespaceMode.Pod,
        string target = "") =>
        container.Linux.SecurityContext.NamespaceOptions = new NamespaceOption
        {
            Network = network,
            Pid = pid,
            Ipc = ipc,
            TargetId = target
        };

    private static IDMapping Root => new() { ContainerId = 0, HostId = 1_000_000, Length = 65_536 };

    private static void Users(ContainerConfig container, NamespaceMode mode, IDMapping uids, IDMapping gids) =>
        container.Linux.SecurityContext.NamespaceOptions.UsernsOptions = new UserNamespace
        {
            Mode = mode,
            Uids = { uids },
            Gids = { gids }
        };

    private async Task<Dictionary<string, string>> NamespacesAsync(Pod pod)
    {
        var printed = await PrintedAsync(
            pod, "sh", "-c", $"for kind in {string.Join(' ', Kinds)}; do readlink /proc/self/ns/$kind; done");
        return Kinds.Zip(printed.Split('\n')).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static string OfNode(string kind) => new FileInfo($"/proc/self/ns/{kind}").LinkTarget!;

    private static bool IsFirstInItsNamespace(int id) =>
        File.ReadLines($"/proc/{id}/status").Single(line => line.StartsWith("NSpid:", StringComparison.Ordinal))
            .Split('\t').Last() == "1";
}
