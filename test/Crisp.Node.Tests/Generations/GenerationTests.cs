using System.Text;
using Crisp.Grpc.Client;
using Crisp.Testing.Images;
using Crisp.Testing.Logs;
using Grpc.Core;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// The core of what a node does, asked in each of the three APIs through its own generated client: pods, containers,
/// images, exec, logs, streams. The containers tell from within whether they got what was asked.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class GenerationTests(string runtime) : NodeFixture(runtime)
{
    private UnixSocketChannel _channel = null!; // made before the first test

    [OneTimeSetUp]
    public void Connect() => _channel = new UnixSocketChannel(Node.SocketPath);

    [OneTimeTearDown]
    public void Disconnect() => _channel.Dispose();

    [TestCase(Generation.V1, "v1")]
    [TestCase(Generation.V1Alpha2, "v1alpha2")]
    [TestCase(Generation.Legacy, "v1alpha1")]
    public async Task Version_IsInTheCallersOwnTerms(Generation generation, string api)
    {
        var version = await Client(generation).VersionAsync();

        Assert.That(
            (version.Version, version.RuntimeName, version.RuntimeApiVersion), Is.EqualTo(("0.1.0", "crisp", api)));
        Assert.That(version.RuntimeVersion, Is.Not.Empty);
    }

    [Test]
    public async Task Pod_IsReadyWithItsAddress_ThenNotReady_ThenGone([Values] Generation generation)
    {
        var client = Client(generation);
        var pod = PodRequest.Of(Node);
        var id = await client.RunPodAsync(pod);

        var ready = await client.PodAsync(id);
        Assert.Multiple(() =>
        {
            Assert.That(ready.State, Is.EqualTo(PodSandboxState.SandboxReady));
            Assert.That(ready.Metadata, Is.EqualTo(pod.Metadata));
            Assert.That(ready.Labels, Is.EqualTo(pod.Labels));
            Assert.That(ready.Annotations, Is.EqualTo(pod.Annotations));
            Assert.That(ready.Linux.Namespaces.Options, Is.EqualTo(pod.Linux.SecurityContext.NamespaceOptions));
            Assert.That(Node.Network.Leases(), Does.Contain(ready.Network.Ip));
        });
        Assert.That(await PodsAsync(client, PodSandboxState.SandboxReady), Is.EqualTo(new[] { id }));
        Assert.That(await PodsAsync(client, PodSandboxState.SandboxNotready), Is.Empty);

        await client.StopPodAsync(id);
        Assert.That((await client.PodAsync(id)).State, Is.EqualTo(PodSandboxState.SandboxNotready));
        Assert.That(await PodsAsync(client, PodSandboxState.SandboxReady), Is.Empty);
        Assert.That(Node.Network.Leases(), Is.Empty);

        await client.RemovePodAsync(id);
        await client.RemovePodAsync(id);
        await Refused.WithAsync(StatusCode.NotFound, () => client.PodAsync(id), id);
    }

    [Test]
    public async Task Container_RunsToItsExitCode_AndItsLogIsKept([Values] Generation generation)
    {
        var client = Client(generation);
        (string podId, PodSandboxConfig pod) = await RunAsync(client);
        var container = ContainerRequest.Of(pod, Busybox, "sh", "-c", "echo out; echo err >&2; exit 3");

        var id = await client.CreateAsync(podId, container, pod);
        Assert.That((await client.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerCreated));
        Assert.That(await ContainersAsync(client, podId, ContainerState.ContainerCreated), Is.EqualTo(new[] { id }));
        await client.StartAsync(id);
        var exited = await client.ExitedAsync(id);

        var log = new LogFile(Path.Combine(pod.LogDirectory, container.LogPath));
        Assert.Multiple(() =>
        {
            Assert.That(exited.ExitCode, Is.EqualTo(3));
            Assert.That(exited.Reason, Is.EqualTo("Error"));
            Assert.That(exited.FinishedAt, Is.GreaterThanOrEqualTo(exited.StartedAt).And.GreaterThan(exited.CreatedAt));
            Assert.That(exited.ImageRef, Is.EqualTo(StandardImages.Busybox.Id));
            Assert.That(exited.Labels, Is.EqualTo(container.Labels));
            Assert.That(exited.Annotations, Is.EqualTo(container.Annotations));
            Assert.That(log.Contents("stdout"), Is.EqualTo(new[] { "out" }));
            Assert.That(log.Contents("stderr"), Is.EqualTo(new[] { "err" }));
        });
        Assert.That(await ContainersAsync(client, podId, ContainerState.ContainerCreated), Is.Empty);
        Assert.That(await ContainersAsync(client, podId, ContainerState.ContainerExited), Is.EqualTo(new[] { id }));

        await client.RemoveAsync(id);
        await Refused.WithAsync(StatusCode.NotFound, () => client.ContainerAsync(id), id);
    }

    [Test]
    public async Task Container_GetsWhatItsConfigSays([Values] Generation generation)
    {
        var client = Client(generation);
        (string podId, PodSandboxConfig pod) = await RunAsync(client);
        var shared = Path.Combine(Node.Directory, $"shared-{generation}");
        Directory.CreateDirectory(shared);

        var lines = await PrintedAsync(client, podId, pod, container =>
        {
            container.Args.Add(
                "id -u; id -g; id -G; pwd; echo $MARK; hostname; touch /x 2>/dev/null || echo root is read-only; "
                + "touch /shared/x 2>/dev/null || echo mount is read-only; grep CapBnd /proc/self/status");
            container.WorkingDir = "/tmp";
            container.Envs.Add(ContainerRequest.Env("MARK", "hier, wörtlich"));
            container.Mounts.Add(new Mount { ContainerPath = "/shared", HostPath = shared, Readonly = true });
            var security = container.Linux.SecurityContext;
            security.RunAsUser = new Int64Value { Value = 0 };
            security.RunAsGroup = new Int64Value { Value = 1001 };
            security.SupplementalGroups.Add(2002);
            security.ReadonlyRootfs = true;
            security.Capabilities =
                new Capability { DropCapabilities = { "ALL" }, AddCapabilities = { "NET_BIND_SERVICE" } };
        });

        Assert.That(lines, Is.EqualTo(new[]
        {
            "0", "1001", "1001 2002", "/tmp", "hier, wörtlich", pod.Hostname, "root is read-only", "mount is read-only",
            "CapBnd:\t0000000000000400",
        }));
    }

    [Test]
    public async Task Namespaces_OfTheNode_AreTheNodes([Values] Generation generation)
    {
        var client = Client(generation);
        (string podId, PodSandboxConfig pod) = await RunAsync(client, config =>
            config.Linux.SecurityContext.NamespaceOptions = new NamespaceOption
            {
                Network = NamespaceMode.Node,
                Pid = NamespaceMode.Node,
                Ipc = NamespaceMode.Node,
            });

        var lines = await PrintedAsync(client, podId, pod, container =>
            container.Args.Add("for n in net pid ipc uts; do readlink /proc/self/ns/$n; done"));

        Assert.That(lines, Is.EqualTo(new[] { "net", "pid", "ipc", "uts" }
            .Select(kind => new FileInfo($"/proc/self/ns/{kind}").LinkTarget)));
    }

    [Test]
    public async Task Privileged_HasTheNodesDevices_AndAllCapabilities([Values] Generation generation)
    {
        var client = Client(generation);
        (string podId, PodSandboxConfig pod) = await RunAsync(
            client, config => config.Linux.SecurityContext.Privileged = true);

        var lines = await PrintedAsync(client, podId, pod, container =>
        {
            container.Args.Add("ls /dev/kmsg; grep CapBnd /proc/self/status");
            container.Linux.SecurityContext.Privileged = true;
        });

        var bounding = File.ReadLines("/proc/self/status").Single(
            line => line.StartsWith("CapBnd", StringComparison.Ordinal));
        Assert.That(lines, Is.EqualTo(new[] { "/dev/kmsg", bounding }));
    }

    [Test]
    public async Task ExecSync_KeepsStreamsApart_AndItsTimeout([Values] Generation generation)
    {
        var client = Client(generation);
        (string podId, PodSandboxConfig pod) = await RunAsync(client);
        var id = await client.StartedAsync(podId, ContainerRequest.Of(pod, Busybox, "sleep", "1000"), pod);

        var exec = await client.ExecAsync(id, 30, "sh", "-c", "echo out; echo err >&2; exit 42");

        Assert.Multiple(() =>
        {
            Assert.That(exec.Stdout.ToStringUtf8(), Is.EqualTo("out\n"));
            Assert.That(exec.Stderr.ToStringUtf8(), Is.EqualTo("err\n"));
            Assert.That(exec.ExitCode, Is.EqualTo(42));
        });
        Assert.That((await client.ExecAsync(id, 0, "true")).ExitCode, Is.Zero);
        await Refused.WithAsync(StatusCode.DeadlineExceeded, () => client.ExecAsync(id, 1, "sleep", "1000"));

        await client.StopAsync(id, graceSeconds: 0);
        Assert.That((await client.ContainerAsync(id)).ExitCode, Is.EqualTo(137));
    }

    [Test]
    public async Task Image_IsPulledListedAndRemoved([Values] Generation generation)
    {
        var client = Client(generation);
        await Cri.PullAsync(NodeRun.WithEntrypoint);
        await client.RemoveImageAsync(NodeRun.WithEntrypoint);
        Assert.That(await client.ImageAsync(NodeRun.WithEntrypoint), Is.Null);

        var reference = await client.PullAsync(NodeRun.WithEntrypoint);

        var image = await client.ImageAsync(reference);
        Assert.That(image?.RepoTags, Is.EqualTo(new[] { NodeRun.WithEntrypoint }));
        Assert.That(image!.Size, Is.GreaterThan(0)); // not null, by the line above
        Assert.That((await client.ListImagesAsync()).Select(listed => listed.Id), Does.Contain(image.Id));
    }

    [Test]
    public async Task WhatIsMissingOrUnknown_IsRefused([Values] Generation generation)
    {
        var client = Client(generation);
        (string podId, PodSandboxConfig pod) = await RunAsync(client);

        await Refused.WithAsync(StatusCode.InvalidArgument, () => client.RunPodAsync(null), "config");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => client.CreateAsync(podId, null, pod), "config");
        await Refused.WithAsync(
            StatusCode.NotFound,
            () => client.CreateAsync("nobody", ContainerRequest.Of(pod, Busybox, "true"), pod), "nobody");
        await Refused.WithAsync(StatusCode.NotFound, () => client.StartAsync("nobody"), "nobody");
        await Refused.WithAsync(StatusCode.NotFound, () => client.ExecAsync("nobody", 1, "true"), "nobody");
        await Refused.WithAsync(
            StatusCode.AlreadyExists, () => client.RunPodAsync(pod.With(config => config.Hostname = "other")), podId);
        Assert.That(await client.ListContainersAsync(new ContainerFilter()), Is.Empty);
    }

    [Test]
    public async Task WhatOneGenerationMakes_TheOthersSee([Values] Generation maker)
    {
        var making = Client(maker);
        (string podId, PodSandboxConfig pod) = await RunAsync(making, config =>
            config.Linux.SecurityContext.NamespaceOptions.Ipc = NamespaceMode.Node);
        var container = ContainerRequest.Of(pod, Busybox, "sleep", "1000");
        var id = await making.StartedAsync(podId, container, pod);

        foreach (var viewer in Enum.GetValues<Generation>())
        {
            var seeing = Client(viewer);
            var seen = await seeing.PodAsync(podId);
            var inside = await seeing.ContainerAsync(id);
            Assert.Multiple(async () =>
            {
                Assert.That(seen.Metadata, Is.EqualTo(pod.Metadata), $"{viewer}");
                Assert.That(seen.Labels, Is.EqualTo(pod.Labels), $"{viewer}");
                Assert.That(
                    seen.Linux.Namespaces.Options, Is.EqualTo(pod.Linux.SecurityContext.NamespaceOptions), $"{viewer}");
                Assert.That(inside.State, Is.EqualTo(ContainerState.ContainerRunning), $"{viewer}");
                Assert.That(inside.Annotations, Is.EqualTo(container.Annotations), $"{viewer}");
                Assert.That(
                    await ContainersAsync(seeing, podId, ContainerState.ContainerRunning), Is.EqualTo(new[] { id }));
                Assert.That(
                    (await seeing.ExecAsync(id, 30, "echo", "seen")).Stdout.ToStringUtf8(), Is.EqualTo("seen\n"));
            });
        }

        // A container of another generation joins the pod, and yet another one ends it.
        var other = (Generation)(((int)maker + 1) % 3);
        Assert.That(
            await PrintedAsync(Client(other), podId, pod, second => second.Args.Add("readlink /proc/self/ns/ipc")),
            Is.EqualTo(new[] { new FileInfo("/proc/self/ns/ipc").LinkTarget }));
        await Client((Generation)(((int)maker + 2) % 3)).RemovePodAsync(podId);
        await Refused.WithAsync(StatusCode.NotFound, () => making.ContainerAsync(id));
    }

    private GenerationClient Client(Generation generation) =>
        GenerationClient.Of(generation, _channel.CreateCallInvoker());

    private async Task<(string Id, PodSandboxConfig Pod)> RunAsync(
        GenerationClient client, Action<PodSandboxConfig>? change = null)
    {
        var pod = PodRequest.Of(Node);
        change?.Invoke(pod);
        return (await client.RunPodAsync(pod), pod);
    }

    /// <summary>The lines that `sh -c` and the arguments that are added print, in a container made for it.</summary>
    private static async Task<string[]> PrintedAsync(
        GenerationClient client, string podId, PodSandboxConfig pod, Action<ContainerConfig> change)
    {
        var container = ContainerRequest.Named(pod, "printer", Busybox, "sh", "-c");
        change(container);
        var id = await client.StartedAsync(podId, container, pod);
        var exited = await client.ExitedAsync(id);
        var log = new LogFile(Path.Combine(pod.LogDirectory, container.LogPath));
        Assert.That(exited.ExitCode, Is.Zero, log.Text("stderr") + exited.Message);
        return [.. Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(log.Text("stdout"))).TrimEnd('\n').Split('\n')];
    }

    private static async Task<IEnumerable<string>> PodsAsync(GenerationClient client, PodSandboxState state) =>
        (await client.ListPodsAsync(new PodSandboxFilter { State = new PodSandboxStateValue { State = state } }))
            .Select(pod => pod.Id);

    private static async Task<IEnumerable<string>> ContainersAsync(
        GenerationClient client, string podId, ContainerState state) =>
        (await client.ListContainersAsync(
            new ContainerFilter { PodSandboxId = podId, State = new ContainerStateValue { State = state } }))
            .Select(container => container.Id);
}
