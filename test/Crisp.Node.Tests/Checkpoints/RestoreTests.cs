using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Crisp.Testing.Images;
using Crisp.Testing.Logs;
using Grpc.Core;

namespace Crisp.Node.Tests.Checkpoints;

/// <summary>
/// CreateContainer from an archive and from an image made of one; RestorePod from what CheckpointPod wrote.
/// </summary>
[TestFixture("runc")]
public class RestoreTests(string runtime) : CheckpointFixture(runtime)
{
    private const string Look = "cat /state; ls /data; sleep 1000";

    protected override NodeOptions Options => base.Options with
    {
        HouseSettings = base.Options.HouseSettings + "\nrestore_from_images = true",
    };

    [Test]
    public async Task Archive_BecomesAContainerWithItsFilesAndItsProcess()
    {
        Pod pod = await RunCheckpointablePodAsync();
        string original = await RunWriterAsync(pod, "remembered");
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(original, location);
        await Cri.RemoveAsync(original);

        string id = await CreateAsync(pod, From(pod, location));
        ContainerStatus created = await Cri.ContainerAsync(id);
        await Cri.StartAsync(id);
        await (await Cri.LogAsync(id)).WaitForAsync("remembered");
        ContainerStatus running = await Cri.ContainerAsync(id);

        Assert.Multiple(async () =>
        {
            Assert.That(created.State, Is.EqualTo(ContainerState.ContainerCreated));
            Assert.That(running.State, Is.EqualTo(ContainerState.ContainerRunning));
            Assert.That(running.ImageId, Is.EqualTo((await Cri.ImageAsync(Busybox))!.Id));
            Assert.That(await Cri.OutputAsync(id, "cat", "/state"), Is.EqualTo("remembered"));
            Assert.That(await Cri.OutputAsync(id, "ls", "/data"), Does.Not.Contain("kept"));
            Assert.That(
                Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers", id, "restore")), Is.Empty);
        });
        await Cri.StopAsync(id, graceSeconds: 0);
        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.EqualTo(137));
    }

    [Test]
    public async Task Image_MadeOfAnArchive_BecomesAContainer()
    {
        Pod pod = await RunCheckpointablePodAsync();
        string original = await RunWriterAsync(pod, "from-an-image");
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(original, location);
        byte[] tar = await File.ReadAllBytesAsync(location);
        TestImage image = TestImage.Oci(new TestImageConfig(), Layer(tar))
            .WithAnnotation("io.kubernetes.cri-o.annotations.checkpoint.name", "main");
        string name = await NodeRun.Registry.Client.PushAsync(image, "test/checkpoint", "1");
        await Cri.PullAsync(name);

        string id = await RunAsync(pod, From(pod, name));

        Assert.That(await Cri.OutputAsync(id, "cat", "/state"), Is.EqualTo("from-an-image"));
    }

    /// <summary>criu joins the pod's namespaces and sets them to what they were in the pod of the checkpoint.</summary>
    [Test]
    public async Task RestoredContainer_LeavesThePodsNameAndLimitsAsTheyAre()
    {
        PodSandboxConfig first = PodRequest.Of(Node).With(config => config.Hostname = "first-name");
        PodSandboxConfig second = PodRequest.Of(Node).With(config =>
        {
            config.Hostname = "second-name";
            config.Linux.Sysctls["kernel.shm_rmid_forced"] = "1";
        });
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(
            await RunWriterAsync(new Pod(await Cri.RunPodAsync(first, Handler), first), "remembered"), location);
        Pod pod = new(await Cri.RunPodAsync(second, Handler), second);

        string id = await RunAsync(pod, From(pod, location));

        Assert.That(await Cri.OutputAsync(id, "cat", "/proc/sys/kernel/hostname"), Is.EqualTo("second-name"));
        Assert.That(await Cri.OutputAsync(id, "cat", "/proc/sys/kernel/shm_rmid_forced"), Is.EqualTo("1"));
    }

    [Test]
    public async Task FailureOfCriu_IsTold_AndStaysInTheStatus()
    {
        ExpectError("StartContainer");
        Pod pod = await RunCheckpointablePodAsync();
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(await RunWriterAsync(pod, "remembered"), location);
        string id = await CreateAsync(pod, From(pod, location));
        await File.WriteAllTextAsync(Path.Combine(Doubles, "runc-with-criu.d/fail-restore"), "File o has bad size 92");

        RpcException refusal = await Refused.ExpectAsync(() => Cri.StartAsync(id));
        ContainerStatus status = await Cri.ContainerAsync(id);

        Assert.That(refusal.Status.Detail, Does.Contain("restore").And.Contain("File o has bad size 92"));
        Assert.That(status.State, Is.EqualTo(ContainerState.ContainerExited));
        Assert.That(status.Reason, Is.EqualTo("StartError"));
        Assert.That(status.Message, Does.Contain("File o has bad size 92"));
    }

    /// <summary>
    /// As runc and criu were found after criu did not end: mounts in runc's directory of the container, and in criu's.
    /// </summary>
    [Test]
    public async Task KilledRestore_LeavesNothingMounted()
    {
        ExpectError("StartContainer");
        Pod pod = await RunCheckpointablePodAsync();
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(await RunWriterAsync(pod, "remembered"), location);
        string id = await CreateAsync(pod, From(pod, location));
        await File.WriteAllTextAsync(BeforeRestore, """
            mkdir -p "$1/criu-root" "$2/.criu.cgyard.x"
            mount --bind /mnt "$1/criu-root"
            mount -t tmpfs none "$2/.criu.cgyard.x"
            mkdir "$2/.criu.cgyard.x/unified"
            mount -t tmpfs none "$2/.criu.cgyard.x/unified"
            kill -9 $PPID
            """);

        await Refused.ExpectAsync(() => Cri.StartAsync(id));
        await Cri.RemoveAsync(id);

        Assert.That(await File.ReadAllTextAsync("/proc/self/mountinfo"), Does.Not.Contain(id));
        Assert.That(Directory.Exists(Path.Combine(Node.RunRoot, Handler, id)), Is.False);
    }

    [Test]
    public async Task RestoredContainer_SurvivesADaemonRestart_StartedOrNot()
    {
        Pod pod = await RunCheckpointablePodAsync();
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(await RunWriterAsync(pod, "remembered"), location);
        string waiting = await CreateAsync(
            pod, From(pod, location).With(container => container.Metadata.Name = "waiting"));
        string running = await RunAsync(
            pod, From(pod, location).With(container => container.Metadata.Name = "running"));

        await Node.KillDaemonAsync();
        await Node.StartDaemonAsync();

        Assert.That((await Cri.ContainerAsync(running)).State, Is.EqualTo(ContainerState.ContainerRunning));
        Assert.That((await Cri.ContainerAsync(waiting)).State, Is.EqualTo(ContainerState.ContainerCreated));
        await Cri.StartAsync(waiting);
        Assert.That(await Cri.OutputAsync(waiting, "cat", "/state"), Is.EqualTo("remembered"));
    }

    [Test]
    public async Task RestoredContainer_StoppedBeforeItsStart_HasEnded()
    {
        Pod pod = await RunCheckpointablePodAsync();
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(await RunWriterAsync(pod, "remembered"), location);
        string id = await CreateAsync(pod, From(pod, location).With(container => container.Metadata.Name = "never"));

        await Cri.StopAsync(id, graceSeconds: 1);

        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerExited));
        await Refused.WithAsync(StatusCode.FailedPrecondition, () => Cri.StartAsync(id), id);
        await Cri.RemoveAsync(id);
    }

    [Test]
    public async Task MountsOfTheCheckpoint_MustBeInTheRequest()
    {
        Pod pod = await RunCheckpointablePodAsync();
        string volume = Directory.CreateDirectory(Path.Combine(Target, "volume")).FullName;
        string original = await RunSleeperAsync(
            pod, container => container.Mounts.Add(new Mount { ContainerPath = "/volume", HostPath = volume }));
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(original, location);
        await Cri.RemoveAsync(original);

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(pod, From(pod, location)), "config.mounts", "/volume");
        string id = await CreateAsync(pod, From(pod, location).With(container =>
            container.Mounts.Add(new Mount { ContainerPath = "/volume", HostPath = Target })));

        Assert.That(
            (await Cri.ContainerAsync(id)).Mounts.Single().HostPath, Is.EqualTo(Target), "the request says from where");
    }

    /// <summary>The same as when a container is made, see MountRaceTests; a restore may come long after that.</summary>
    [TestCase(false, "led elsewhere when the container was made")]
    [TestCase(true, "something changes the path while the container is made")]
    public async Task MountSource_ThatALinkTakesThePlaceOf_IsRefused(bool whileItRestores, string words)
    {
        Pod pod = await RunCheckpointablePodAsync();
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(await RunWriterAsync(pod, "remembered"), location);
        string volume = Directory.CreateDirectory(Path.Combine(Target, "volume")).FullName;
        string outside = Directory.CreateDirectory(Path.Combine(Target, "outside")).FullName;
        string id = await CreateAsync(pod, From(pod, location).With(container =>
            container.Mounts.Add(new Mount { ContainerPath = "/volume", HostPath = volume })));
        string exchange = $"mv {volume} {volume}-before && ln -s {outside} {volume}";
        if (whileItRestores)
            await File.WriteAllTextAsync(BeforeRestore, exchange);
        else
            await Command.OutputAsync("sh", "-c", exchange);

        await Refused.WithAsync(StatusCode.FailedPrecondition, () => Cri.StartAsync(id), "/volume", words);

        ContainerStatus status = await Cri.ContainerAsync(id);
        Assert.That((status.State, status.Reason), Is.EqualTo((ContainerState.ContainerExited, "StartError")));
        await Eventually.BecomesTrueAsync(
            "nothing runs", () => !SlotProcesses.Find(Node.Slot).Any(
                process => SlotProcesses.CommandLine(process).Contains(Look, StringComparison.Ordinal)));
    }

    [Test]
    public async Task FileCapabilitiesAndHoles_AreKept()
    {
        Pod pod = await RunCheckpointablePodAsync();
        string image = await NodeRun.Registry.Client.PushAsync(
            TestImage.Oci(
                new TestImageConfig { Env = ["PATH=/bin"] }, StandardImages.BaseLayer,
                new TestLayer()
                    .Directory("cap").CapableFile("cap/busybox", await File.ReadAllBytesAsync("/bin/busybox")).Gzip()),
            "test/capable", "1");
        await Cri.PullAsync(image);
        string original = await RunAsync(pod, ContainerRequest.Of(
            pod.Config, image, "sh", "-c",
            "touch /cap/busybox; dd if=/dev/zero of=/holes bs=1 count=1 seek=1073741823; echo ready; sleep 1000"));
        await (await Cri.LogAsync(original)).WaitForAsync("ready");
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(original, location);
        await Cri.RemoveAsync(original);

        ContainerConfig wanted = From(pod, location);
        wanted.Command.Clear();
        wanted.Command.Add(
            ["sh", "-c", "/cap/busybox grep CapEff /proc/self/status; stat -c '%s bytes' /holes; sleep 1000"]);
        wanted.Linux.SecurityContext.RunAsUser = new Int64Value { Value = 1000 };
        string id = await RunAsync(pod, wanted);
        LogFile log = await Cri.LogAsync(id);
        await log.WaitForAsync("1073741824 bytes");

        Assert.That(log.Text("stdout"), Does.Contain("CapEff:\t0000000000000400"));
        Assert.That(new FileInfo(location).Length, Is.LessThan(64 << 20), "a hole takes no room");
    }

    [TestCase("")]
    [TestCase("not a tar archive at all, however long it goes on")]
    public async Task FilesThatAreNoCheckpoints_AreRefused(string content)
    {
        Pod pod = await RunCheckpointablePodAsync();
        string location = Path.Combine(Target, "odd");
        await File.WriteAllTextAsync(location, content);
        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(pod, From(pod, location)), location, "not a checkpoint");
    }

    /// <summary>Archives, and no checkpoints: something is missing in each, or is not what it should be.</summary>
    [Test]
    public async Task ArchivesThatAreNoCheckpoints_AreRefused_AndLeaveNothing()
    {
        Pod pod = await RunCheckpointablePodAsync();
        string config = $$"""{"rootfsImageRef": "{{(await Cri.ImageAsync(Busybox))!.Id}}"}"""; // it was pulled
        const string Spec = """{"ociVersion": "1.0.2"}""";
        (StatusCode Code, string Says, (string, string)[] Files)[] archives =
        [
            (StatusCode.InvalidArgument, "it holds no config.dump", [("spec.dump", Spec)]),
            (StatusCode.InvalidArgument, "it holds no spec.dump", [("config.dump", config)]),
            (StatusCode.InvalidArgument, "not a checkpoint", [("config.dump", "{"), ("spec.dump", Spec)]),
            (StatusCode.InvalidArgument, "not a checkpoint", [("config.dump", config), ("spec.dump", "[]")]),
            (StatusCode.InvalidArgument, "spec.dump is empty", [("config.dump", config), ("spec.dump", "null")]),
            (StatusCode.NotFound, "pull it first",
                [("config.dump", """{"rootfsImage": "registry.invalid/none:1"}"""), ("spec.dump", Spec)]),
            (StatusCode.InvalidArgument, "it holds no checkpoint", [("config.dump", config), ("spec.dump", Spec)]),
            (StatusCode.InvalidArgument, "deleted.files",
                [("config.dump", config), ("spec.dump", Spec), ("checkpoint/x", ""), ("deleted.files", "[1]")]),
            (StatusCode.InvalidArgument, "deleted.files",
                [("config.dump", config), ("spec.dump", Spec), ("checkpoint/x", ""), ("deleted.files", "[null]")]),
            (StatusCode.InvalidArgument, "it holds no checkpoint",
                [("config.dump", config), ("spec.dump", """{"ociVersion": "1.0.2", "mounts": [null]}""")]),
            (StatusCode.InvalidArgument, "names \"../../etc\"", [("config.dump", config),
                ("spec.dump", Spec), ("checkpoint/x", ""), ("deleted.files", "[\"../../etc\"]")]),
        ];
        string location = Path.Combine(Target, "odd.tar");

        foreach (var (code, says, files) in archives)
        {
            await using (TarWriter writer = new(File.Create(location), TarEntryFormat.Pax))
            {
                foreach (var (name, content) in files)
                    await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile,
                        name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
            }

            await Refused.WithAsync(code, () => CreateAsync(pod, From(pod, location)), says);
        }

        await Refused.WithAsync(StatusCode.NotFound, () => CreateAsync(pod, From(pod, Target)), Target);
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers")), Is.Empty);
    }

    [Test]
    public async Task HostileArchives_AreRefused_AndLeaveNothing()
    {
        Pod pod = await RunCheckpointablePodAsync();
        string location = Path.Combine(Target, "checkpoint.tar");
        await CheckpointAsync(await RunWriterAsync(pod, "remembered"), location);
        string linked = Path.Combine(Target, "linked.tar");
        await AddAsync(location,
            linked, new PaxTarEntry(TarEntryType.SymbolicLink, "checkpoint/pages-1.img") { LinkName = "/etc/shadow" });
        string escaping = Path.Combine(Target, "escaping.tar");
        await AddAsync(location,
            escaping, new PaxTarEntry(TarEntryType.SymbolicLink, "../../../../etc/crisp-was-here") { LinkName = "x" });

        string bomb = Path.Combine(Target, "bomb.tar");
        await WriteHeaderBombAsync(bomb);

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(pod, From(pod, bomb)), "not a checkpoint", "header");
        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(pod, From(pod, linked)), "pages-1.img", "regular file");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => CreateAsync(pod, From(pod, escaping)));
        await Refused.WithAsync(StatusCode.NotFound,
            () => CreateAsync(pod, From(pod, "/no/such/checkpoint.tar")), "/no/such/checkpoint.tar");

        Assert.That(await Cri.ListContainersAsync(), Has.Count.EqualTo(1));
        Assert.That(File.Exists("/etc/crisp-was-here"), Is.False);
    }

    [Test]
    public async Task Pod_CheckpointedAndRestored_WithAllItsContainers()
    {
        Pod pod = await RunCheckpointablePodAsync();
        string first = await RunWriterAsync(pod, "one", "first");
        await RunWriterAsync(pod, "two", "second");
        await CheckpointPodAsync(pod.Id, Target);
        Assert.That(await Cri.OutputAsync(first, "cat", "/state"), Is.EqualTo("one"), "it runs on");

        PodSandboxConfig config = PodRequest.Of(Node).OnNodeNetwork();
        RestorePodRequest request = new()
        {
            CheckpointPath = Target, Config = config, RuntimeHandler = Handler,
            ContainerConfigs = { Named(config, "first"), Named(config, "second") },
        };
        RestorePodResponse restored = await Cri.Runtime.RestorePodAsync(request, CriCalls.Options());

        Dictionary<string, string> ids = restored.RestoredContainers.ToDictionary(
            container => container.Name, container => container.ContainerId);
        Assert.That(ids.Keys, Is.EquivalentTo(new[] { "first", "second" }));
        foreach (string id in ids.Values)
            await Cri.StartAsync(id);
        Assert.That(await Cri.OutputAsync(ids["first"], "cat", "/state"), Is.EqualTo("one"));
        Assert.That(await Cri.OutputAsync(ids["second"], "cat", "/state"), Is.EqualTo("two"));
        Assert.That((await Cri.ContainerAsync(ids["first"])).Metadata.Name, Is.EqualTo("first"));
    }

    [Test]
    public async Task Pod_BadRequests_AreRefusedAndLeaveNoPod()
    {
        Pod pod = await RunCheckpointablePodAsync();
        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => CheckpointPodAsync(pod.Id, Target), "no running container");
        await RunWriterAsync(pod, "one", "first");
        await Refused.WithAsync(StatusCode.NotFound, () => CheckpointPodAsync("0123456789ab", Target));
        await Refused.WithAsync(StatusCode.FailedPrecondition,
            () => CheckpointPodAsync(pod.Id, "/no/such/directory"), "/no/such/directory");
        await CheckpointPodAsync(pod.Id, Target);
        await Refused.WithAsync(StatusCode.AlreadyExists, () => CheckpointPodAsync(pod.Id, Target), "pod.dump");

        PodSandboxConfig config = PodRequest.Of(Node).OnNodeNetwork();
        RestorePodRequest request = new() { CheckpointPath = Target, Config = config, RuntimeHandler = Handler };
        await Refused.WithAsync(StatusCode.InvalidArgument,
            async () => await Cri.Runtime.RestorePodAsync(request, CriCalls.Options()), "container_configs", "first");
        request.ContainerConfigs.Add(Named(config, "first"));
        File.WriteAllText(Path.Combine(Target, "first.tar"), "");
        await Refused.WithAsync(StatusCode.InvalidArgument,
            async () => await Cri.Runtime.RestorePodAsync(request, CriCalls.Options()), "not a checkpoint");
        request.CheckpointPath = "/no/such/directory";
        await Refused.WithAsync(StatusCode.NotFound,
            async () => await Cri.Runtime.RestorePodAsync(request, CriCalls.Options()), "/no/such/directory");

        Assert.That((await Cri.ListPodsAsync()).Select(listed => listed.Id), Is.EqualTo(new[] { pod.Id }));
    }

    private static ContainerConfig From(Pod pod, string image) =>
        Named(pod.Config, "restored").With(container => container.Image = new ImageSpec { Image = image });

    private static ContainerConfig Named(PodSandboxConfig pod, string name) =>
        ContainerRequest.Named(pod, name, Busybox, "sh", "-c", Look).With(
            container => container.LogPath = $"{name}/restored.log");

    private async Task CheckpointPodAsync(string id, string directory) =>
        await Cri.Runtime.CheckpointPodAsync(
            new CheckpointPodRequest { PodSandboxId = id, OutputPath = directory }, CriCalls.Options());

    private static LayerBlob Layer(byte[] tar)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest))
            gzip.Write(tar);
        return new LayerBlob(
            "application/vnd.oci.image.layer.v1.tar+gzip", compressed.ToArray(), TestImage.DigestOf(tar));
    }

    /// <summary>A pax header that says that it has 8 GiB, and a file that is as long; it takes no room.</summary>
    private static async Task WriteHeaderBombAsync(string path)
    {
        byte[] header = new byte[512];
        "config.dump"u8.CopyTo(header);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        "77777777777\0"u8.CopyTo(header.AsSpan(124));
        header[156] = (byte)'x';
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(octet => octet), 8).PadLeft(6, '0') + "\0 ")
            .CopyTo(header, 148);
        await using FileStream file = File.Create(path);
        await file.WriteAsync(header);
        file.SetLength(8L << 30);
    }

    /// <summary>The same archive with one entry more.</summary>
    private static async Task AddAsync(string archive, string copy, TarEntry entry)
    {
        await using FileStream from = File.OpenRead(archive);
        await using TarReader reader = new(from);
        await using FileStream to = File.Create(copy);
        await using TarWriter writer = new(to, TarEntryFormat.Pax);
        while (await reader.GetNextEntryAsync(copyData: true) is { } known)
            await writer.WriteEntryAsync(known);
        await writer.WriteEntryAsync(entry);
    }
}
