using System.Security.Cryptography;
using System.Text.Json;
using Crisp.Testing.Images;
using Grpc.Core;

namespace Crisp.Node.Tests.Security;

/// <summary>
/// The published weaknesses of container runtimes, each as a test of what it let happen. Those of mounts are tested
/// with the mounts, those that need no kernel beside the code that they are about.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class LessonsTests(string runtime) : NodeFixture(runtime)
{
    private static string Hostile { get; set; } = "";

    /// <summary>
    /// An image whose author means harm: links to descriptors and devices, labels that look like kubelet's.
    /// </summary>
    [OneTimeSetUp]
    public async Task PushHostileImageAsync()
    {
        var image = TestImage.Oci(
            new TestImageConfig
            {
                Cmd = ["sh"],
                Labels = new Dictionary<string, string>
                {
                    ["io.kubernetes.pod.namespace"] = "kube-system",
                    ["run.oci.handler"] = "krun",
                    ["org.systemd.property.ExecStartPre"] = "/bin/evil",
                },
            },
            StandardImages.BaseLayer,
            new TestLayer().Symlink("descriptor", "/proc/self/fd/7")
                .Symlink("descriptors", "/proc/self/fd").Symlink("runtime", "/proc/self/exe").Gzip());
        Hostile = await NodeRun.Registry.Client.PushAsync(image, "test/hostile", "1");
        await Cri.PullAsync(Hostile);
    }

    /// <summary>CVE-2024-21626: a descriptor of the host's file system reached the container.</summary>
    [Test]
    public async Task Descriptors_OfTheHost_ReachNoContainer_AndNoExec()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod, Apart);

        var first = await PrintedAsync(pod, "sh", "-c", "for f in /proc/$$/fd/*; do echo ${f##*/}; done");
        var second = await Cri.OutputAsync(id, "sh", "-c", "for f in /proc/$$/fd/*; do echo ${f##*/}; done");

        // The shell may keep its script or a directory open while it looks.
        Assert.That(first.Split('\n').Take(3), Is.EqualTo(new[] { "0", "1", "2" }));
        Assert.That(second.Split('\n').Take(3), Is.EqualTo(new[] { "0", "1", "2" }));
        Assert.That(await LinksAsync(pod, null), Has.All.Match(@"^(pipe:|/dev/null|/proc/\d+/fd$|anon_inode:)"));
        Assert.That(await LinksAsync(pod, id), Has.All.Match(@"^(pipe:|/dev/null|/proc/\d+/fd$|anon_inode:)"));
    }

    /// <summary>CVE-2024-21626: the working directory led through such a descriptor.</summary>
    [TestCase("/proc/self/fd/7")]
    [TestCase("/proc/self/fd/7/../../..")]
    [TestCase("/dev/fd/8")]
    [TestCase("/proc/self/cwd/sub")]
    [TestCase("/proc/1/root")]
    public async Task WorkingDirectory_ThroughADescriptor_IsRefused(string directory)
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(
                pod, Container(pod, "true").With(config => config.WorkingDir = directory)), "working_dir");
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    /// <summary>
    /// The same through a link of the image: refused, or a directory of the container, and never one of the host.
    /// </summary>
    [TestCase("/descriptor")]
    [TestCase("/descriptors/7")]
    [TestCase("/descriptor/../../..")]
    public async Task WorkingDirectory_ThroughALinkToADescriptor_IsNoDirectoryOfTheHost(string directory)
    {
        var pod = await RunPlainPodAsync();
        var container =
            ContainerRequest.Of(pod.Config, Hostile, "sh", "-c", "cat ../../../../../../etc/passwd; cat ./etc/hostname")
            .With(config => config.WorkingDir = directory);

        var refusal = await Refused.ExpectAsync(() => CreateAsync(pod, container));

        Assert.That(refusal.StatusCode,
            Is.EqualTo(StatusCode.FailedPrecondition).Or.EqualTo(StatusCode.InvalidArgument), refusal.Status.Detail);
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    /// <summary>CVE-2019-5736: a container wrote to the runtime's own program through /proc/self/exe.</summary>
    [Test]
    public async Task RuntimesProgram_IsTheSame_AfterContainersThatExecuteAndOverwriteIt()
    {
        var program = RuntimeName == "runc" ? "/usr/sbin/runc" : "/usr/bin/crun";
        var before = SHA256.HashData(await File.ReadAllBytesAsync(program));
        var pod = await RunPlainPodAsync();
        var id = await Cri.RunAsync(
            pod.Id, ContainerRequest.Of(pod.Config, Hostile, "sh",
                "-c", "while :; do for p in /proc/[0-9]*; do echo evil >$p/exe; done; done 2>/dev/null"), pod.Config);

        for (var i = 0; i < 5; i++)
        {
            await Cri.ExecAsync(id, "/proc/self/exe", "init");
            await Cri.ExecAsync(id, "/runtime");
        }

        Assert.That(SHA256.HashData(await File.ReadAllBytesAsync(program)), Is.EqualTo(before));
    }

    /// <summary>CVE-2022-27652, CVE-2022-24769, CVE-2022-29162: capabilities were inheritable.</summary>
    [Test]
    public async Task Capabilities_AreInheritedByNoContainer_AndNoExec()
    {
        const string Command = "grep -E '^Cap(Inh|Amb)' /proc/self/status | tr -d '\\t'";
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod, Apart);

        Assert.That(await PrintedAsync(pod, "sh", "-c", Command),
            Is.EqualTo("CapInh:0000000000000000\nCapAmb:0000000000000000"));
        Assert.That(await Cri.OutputAsync(id, "sh", "-c", Command),
            Is.EqualTo("CapInh:0000000000000000\nCapAmb:0000000000000000"));
    }

    /// <summary>CVE-2022-0811: a value carried another key, which the helper applied to the node.</summary>
    [TestCase("1+kernel.core_pattern=|/bin/evil")]
    [TestCase("1\nkernel.core_pattern=x")]
    [TestCase("1=2")]
    public async Task Sysctl_ThatCarriesAnother_IsRefused_AndTheNodeIsUnchanged(string value)
    {
        var before = await File.ReadAllTextAsync("/proc/sys/kernel/core_pattern");

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => RunPodAsync(
                config => config.Linux.Sysctls["kernel.shm_rmid_forced"] = value), "kernel.shm_rmid_forced");

        Assert.That(await File.ReadAllTextAsync("/proc/sys/kernel/core_pattern"), Is.EqualTo(before));
    }

    /// <summary>
    /// CVE-2024-3154, and CVE-2026-53488: annotations and an image's labels reached those who act on them.
    /// </summary>
    [Test]
    public async Task AnnotationsAndImageLabels_SteerNobody_AndComeBackByteForByte()
    {
        var evil = new Dictionary<string, string>
        {
            ["org.systemd.property.ExecStartPre"] = "/bin/evil",
            ["run.oci.handler"] = "krun",
            ["io.crun.hooks"] = "evil",
            ["org.criu.config"] = "/etc/evil",
            ["bundle\0x"] = "evil",
        };
        var pod = await RunPlainPodAsync(config => config.Annotations.Add(evil));
        var container = ContainerRequest.Of(pod.Config, Hostile, "sleep", "1000").With(
            config => config.Annotations.Add(evil));

        var id = await Cri.RunAsync(pod.Id, container, pod.Config);

        using var spec = JsonDocument.Parse(
            await File.ReadAllBytesAsync(Path.Combine(Node.StateRoot, "containers", id, "config.json")));
        string[] keys = [
            .. spec.RootElement.GetProperty("annotations").EnumerateObject().Select(annotation => annotation.Name)];
        var status = await Cri.ContainerAsync(id);
        Assert.Multiple(() =>
        {
            Assert.That(keys.Intersect(evil.Keys), Is.Empty);
            Assert.That(status.Annotations, Is.EquivalentTo(container.Annotations));
            Assert.That(
                status.Labels, Is.EquivalentTo(container.Labels), "an image's labels are none of the container's");
        });
    }

    /// <summary>
    /// CVE-2022-4318, CVE-2026-15809: HOME and user names of several lines made users in a passwd file.
    /// </summary>
    [TestCase("HOME", "/root\nroot2::0:0::/:/bin/sh")]
    [TestCase("HOME", "/root\rroot2")]
    [TestCase("HOME", "/root:0")]
    [TestCase("user", "app\nroot2::0:0::/:/bin/sh")]
    [TestCase("user", "app\r")]
    public async Task HomeOrUserName_OfSeveralLines_IsRefused(string what, string value)
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(StatusCode.InvalidArgument, () => CreateAsync(pod, Container(pod, "true").With(config =>
        {
            if (what == "HOME")
                config.Envs.Add(ContainerRequest.Env("HOME", value));
            else
                config.Linux.SecurityContext.RunAsUsername = value;
        })));
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    /// <summary>
    /// CVE-2025-4437, CVE-2024-9676, CVE-2026-46680: account files that swell, hang, or make numbers into names.
    /// </summary>
    [TestCase("huge")]
    [TestCase("device")]
    [TestCase("number")]
    public async Task AccountFiles_OfAHostileImage_AreRefused_AndTheDaemonIsAsSmallAsBefore(string trick)
    {
        var layer = trick switch
        {
            "huge" => new TestLayer().File("etc/passwd", new byte[256 << 20]),
            "device" => new TestLayer().Symlink("etc/passwd", "/dev/zero").Device("dev/zero", 1, 5),
            _ => new TestLayer().File("etc/passwd", "4294967296:x:0:0::/root:/bin/sh\n"),
        };
        var image = await NodeRun.Registry.Client.PushAsync(
            TestImage.Oci(new TestImageConfig { Cmd = ["id"], User = trick == "number" ? "4294967296" : "app" },
                StandardImages.BaseLayer, layer.Gzip()),
            "test/accounts", trick);
        await Cri.PullAsync(image);
        var pod = await RunPlainPodAsync();
        var before = ResidentBytes();

        var refusal = await Refused.ExpectAsync(() => CreateAsync(pod, ContainerRequest.Of(pod.Config, image)));
        var after = ResidentBytes();
        await Cri.RemoveImageAsync(image);

        Assert.That(refusal.StatusCode,
            Is.EqualTo(StatusCode.FailedPrecondition).Or.EqualTo(StatusCode.InvalidArgument), refusal.Status.Detail);
        Assert.That(after - before, Is.LessThan(64 << 20));
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    /// <summary>
    /// CVE-2021-41103, CVE-2024-25621, CVE-2020-15257: directories and sockets that others could use.
    /// </summary>
    [Test]
    public async Task DirectoriesAndSockets_AreRootsAlone()
    {
        const UnixFileMode Others = UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite;
        await RunSleeperAsync(await RunPlainPodAsync());
        var containers = Path.Combine(Node.StateRoot, "containers");
        string[] shared = [
            .. Directory.EnumerateDirectories(Node.StateRoot).Concat(Directory.EnumerateDirectories(Node.RunRoot))
            .Concat(Directory.EnumerateDirectories(containers))
            .Where(directory => directory != containers && (File.GetUnixFileMode(directory) & Others) != 0)];

        Assert.That(shared, Is.Empty);
        Assert.That(
            File.GetUnixFileMode(containers) & Others & ~UnixFileMode.OtherExecute, Is.EqualTo(UnixFileMode.None),
            "the root of a pod with users of its own passes through it, and sees nothing");
        Assert.That(
            File.GetUnixFileMode(Node.SocketPath) & Others & ~UnixFileMode.GroupWrite, Is.EqualTo(UnixFileMode.None));
        Assert.That(
            File.ReadLines("/proc/net/unix")
                .Where(line => line.Contains('@') && line.Contains("crisp", StringComparison.Ordinal)), Is.Empty,
            "abstract sockets are reached from every pod on the node's network");
    }

    /// <summary>CVE-2025-0750: IDs became paths.</summary>
    [TestCase("../../../etc")]
    [TestCase("..")]
    [TestCase("/")]
    [TestCase(".")]
    public async Task Id_ThatIsAPath_IsNobodys(string id)
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(StatusCode.NotFound, () => Cri.ContainerAsync(id));
        await Refused.WithAsync(StatusCode.NotFound, () => Cri.PodAsync(id));
        await Cri.RemoveAsync(id);
        await Cri.RemovePodAsync(id);
        await Cri.StopPodAsync(id);

        Assert.That((await Cri.PodAsync(pod.Id)).State, Is.EqualTo(PodSandboxState.SandboxReady));
        Assert.That(Directory.Exists(Node.StateRoot), Is.True);
    }

    /// <summary>One that stays beside the container that a test runs.</summary>
    private static void Apart(ContainerConfig container)
    {
        container.Metadata.Name = "apart";
        container.LogPath = "apart/0.log";
        container.Linux.SecurityContext.Capabilities = new Capability { AddCapabilities = { "NET_ADMIN" } };
    }

    private long ResidentBytes() => long.Parse(
        File.ReadLines($"/proc/{Node.Daemon.Id}/status")
            .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^2].Trim()) << 10;

    /// <summary>Where the descriptors of a container's first process, or of an exec, lead.</summary>
    private async Task<string[]> LinksAsync(Pod pod, string? id)
    {
        string[] command = ["find", "/proc/self/fd", "-type", "l", "-exec", "readlink", "{}", ";"];
        var links = id is null ? await PrintedAsync(pod, command) : await Cri.OutputAsync(id, command);
        return links.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
