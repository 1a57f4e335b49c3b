using Grpc.Core;

namespace Crisp.Node.Tests.Node;

/// <summary>
/// Requests that are wrong: each refused with the right code and the field's name, and nothing left behind.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class BadInputTests(string runtime) : NodeFixture(runtime)
{
    private static readonly TestCaseData[] BadPods =
    [
        Bad("metadata", pod => pod.Metadata = null),
        Bad("name", pod => pod.Metadata.Name = ""),
        Bad("namespace", pod => pod.Metadata.Namespace = ""),
        Bad("uid", pod => pod.Metadata.Uid = ""),
        Bad("log_directory", pod => pod.LogDirectory = "relative/path"),
        Bad("hostname", pod => pod.Hostname = new string('h', 65)),
        Bad("container_port", pod => pod.PortMappings.Add(new PortMapping { ContainerPort = 70000, HostPort = 80 })),
        Bad("host_ip",
            pod => pod.PortMappings.Add(new PortMapping { ContainerPort = 80, HostPort = 80, HostIp = "here" })),
    ];

    [TestCaseSource(nameof(BadPods))]
    public async Task Pod_IsRefused(string field, Action<PodSandboxConfig> spoil)
    {
        await Refused.WithAsync(StatusCode.InvalidArgument, () => RunPodAsync(spoil), field);

        Assert.That(await Cri.ListPodsAsync(), Is.Empty);
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    [Test]
    public Task Pod_WithoutConfiguration_IsRefused() =>
        Refused.WithAsync(
            StatusCode.InvalidArgument,
            async () => await Cri.Runtime.RunPodSandboxAsync(new RunPodSandboxRequest(), CriCalls.Options()), "config");

    [Test]
    public async Task Pod_WithAnUnknownHandler_IsRefusedByName()
    {
        var refusal = await Refused.ExpectAsync(() => Cri.RunPodAsync(PodRequest.Of(Node), "kata"));

        Assert.That(refusal.Status.Detail, Does.Contain("kata"));
        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.InvalidArgument).Or.EqualTo(StatusCode.NotFound));
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    [Test]
    public async Task Pod_WithATakenName_AlreadyExists_NamingTheOther()
    {
        var pod = await RunPlainPodAsync();
        var again = pod.Config.Clone();
        again.Annotations["but"] = "different";

        await Refused.WithAsync(StatusCode.AlreadyExists, () => Cri.RunPodAsync(again), pod.Id);
        await Refused.WithAsync(StatusCode.AlreadyExists, () => Cri.RunPodAsync(pod.Config), pod.Id);
    }

    [Test]
    public async Task Pod_WithTheNextAttempt_IsAnother()
    {
        var pod = await RunPlainPodAsync();
        var again = pod.Config.Clone();
        again.Metadata.Attempt = 1;

        Assert.That(await Cri.RunPodAsync(again), Is.Not.EqualTo(pod.Id));
    }

    [Test]
    public async Task Pod_WithAnSctpPort_IsRefused_WhereTheKernelHasNone()
    {
        if (File.ReadLines("/proc/net/protocols").Any(line => line.StartsWith("SCTP ", StringComparison.Ordinal)))
        {
            await RunPodAsync(pod => pod.PortMappings.Add(
                new PortMapping { Protocol = Protocol.Sctp, ContainerPort = 80, HostPort = 8099 }));
            return;
        }

        var refusal = await Refused.ExpectAsync(() => RunPodAsync(pod => pod.PortMappings.Add(
            new PortMapping { Protocol = Protocol.Sctp, ContainerPort = 80, HostPort = 8099 })));
        Assert.That(refusal.Status.Detail, Does.Contain("SCTP").IgnoreCase);
    }

    private static readonly TestCaseData[] BadContainers =
    [
        BadC("metadata", container => container.Metadata = null),
        BadC("name", container => container.Metadata.Name = ""),
        BadC("image", container => container.Image = null),
        BadC("image", container => container.Image.Image = ""),
        BadC("envs", container => container.Envs.Add(ContainerRequest.Env("", "value"))),
        BadC("working_dir", container => container.WorkingDir = "relative"),
        BadC("cpuset_cpus", container => container.Linux.Resources.CpusetCpus = "zero"),
        BadC("run_as_user", container => container.Linux.SecurityContext.RunAsUser = new Int64Value { Value = -5 }),
        BadC("target_id", container => container.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Target),
    ];

    [TestCaseSource(nameof(BadContainers))]
    public async Task Container_IsRefused(string field, Action<ContainerConfig> spoil)
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(pod, Container(pod, "true").With(spoil)), field);

        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers")), Is.Empty);
        await RunSleeperAsync(pod); // the name is free
    }

    [Test]
    public async Task Container_InAnUnknownPod_IsNotFound()
    {
        var pod = PodRequest.Of(Node);
        var unknown = new string('9', 64);

        await Refused.WithAsync(
            StatusCode.NotFound,
            () => Cri.CreateAsync(unknown, ContainerRequest.Of(pod, Busybox, "true"), pod), unknown);
    }

    [Test]
    public async Task Container_InAStoppedPod_IsRefused()
    {
        var pod = await RunPlainPodAsync();
        await Cri.StopPodAsync(pod.Id);

        await Refused.WithAsync(StatusCode.FailedPrecondition, () => CreateAsync(pod, Container(pod, "true")), pod.Id);
    }

    [Test]
    public async Task Container_OfAnUnknownImage_IsNotFound_NamingIt()
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.NotFound,
            () => CreateAsync(pod, ContainerRequest.Of(pod.Config, "registry.example/never/pulled:1", "true")),
            "registry.example/never/pulled:1");
    }

    [Test]
    public async Task Container_WithATakenName_AlreadyExists_NamingTheOther()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);

        await Refused.WithAsync(StatusCode.AlreadyExists, () => CreateAsync(pod, Container(pod, "true")), id);
    }

    [Test]
    public async Task Calls_WithoutAnId_AreRefused()
    {
        await Refused.WithAsync(StatusCode.InvalidArgument, () => Cri.PodAsync(""), "pod_sandbox_id");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => Cri.ContainerAsync(""), "container_id");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => Cri.StartAsync(""), "container_id");
    }

    [Test]
    public async Task Message_OfMoreThan16Megabytes_IsRefused_AndTheDaemonLives()
    {
        await Refused.WithAsync(
            StatusCode.ResourceExhausted, () => Cri.ListPodsAsync(Filter(17 << 20)));

        Assert.That(await Cri.ListPodsAsync(Filter(15 << 20)), Is.Empty);

        static PodSandboxFilter Filter(int bytes) => new() { LabelSelector = { ["big"] = new string('x', bytes) } };
    }

    private static TestCaseData Bad(string field, Action<PodSandboxConfig> spoil) =>
        new TestCaseData(field, spoil).SetArgDisplayNames(field);

    private static TestCaseData BadC(string field, Action<ContainerConfig> spoil) =>
        new TestCaseData(field, spoil).SetArgDisplayNames(field);
}
