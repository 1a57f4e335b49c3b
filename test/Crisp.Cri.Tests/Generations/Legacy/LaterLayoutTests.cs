using Google.Protobuf;
using Runtime.V1;
using Crisp.Cri.Generations.Legacy;
using A2 = Runtime.V1Alpha2;

namespace Crisp.Cri.Tests.Generations.Legacy;

/// <summary>
/// The layouts of 1.6 to 1.9: v1alpha2's numbers, except that namespaces are booleans. They are sent here with
/// v1alpha2's classes and <see cref="True"/>, whose bytes are those of a boolean.
/// </summary>
public sealed class LaterLayoutTests : LegacyFixture
{
    /// <summary>true on the wire: the varint 1, which means CONTAINER in v1alpha2.</summary>
    private const A2.NamespaceMode True = A2.NamespaceMode.Container;

    private static readonly A2.PodSandboxConfig s_pod = new()
    {
        Metadata = new A2.PodSandboxMetadata { Name = "web", Uid = "u" },
        Linux = new A2.LinuxPodSandboxConfig
        {
            CgroupParent = "/pods",
            SecurityContext = new A2.LinuxSandboxSecurityContext
            {
                NamespaceOptions = new A2.NamespaceOption { Network = True, Ipc = True },
            },
        },
    };

    [Test]
    public async Task Namespaces_AreBooleans_OfThePod()
    {
        await RuntimeAsync("RunPodSandbox", new A2.RunPodSandboxRequest { Config = s_pod });

        var linux = Asked<RunPodSandboxRequest>().Config.Linux;
        Assert.That(linux.CgroupParent, Is.EqualTo("/pods"));
        Assert.That(linux.SecurityContext.NamespaceOptions, Is.EqualTo(
            new NamespaceOption
            {
                Network = NamespaceMode.Node,
                Pid = NamespaceMode.Container,
                Ipc = NamespaceMode.Node
            }));
        Assert.That(linux.SecurityContext.Privileged, Is.False, "1.6 says it itself");
    }

    [Test]
    public async Task Namespaces_AreBooleans_OfTheContainer()
    {
        await RuntimeAsync("CreateContainer", new A2.CreateContainerRequest
        {
            Config = new A2.ContainerConfig
            {
                Linux = new A2.LinuxContainerConfig
                {
                    SecurityContext = new A2.LinuxContainerSecurityContext
                    {
                        NamespaceOptions = new A2.NamespaceOption { Pid = True },
                    },
                },
            },
        });

        Assert.That(Asked<CreateContainerRequest>().Config.Linux.SecurityContext.NamespaceOptions.Pid,
            Is.EqualTo(NamespaceMode.Node));
    }

    [Test]
    public async Task Container_IsReadByItsOwnNumbers()
    {
        await RuntimeAsync("CreateContainer", new A2.CreateContainerRequest
        {
            PodSandboxId = "pod1",
            Config = new A2.ContainerConfig
            {
                Metadata = new A2.ContainerMetadata { Name = "main" },
                Labels = { ["l"] = "1" },
                Annotations = { ["a"] = "2" },
                LogPath = "main/0.log",
                Tty = true,
                Devices = { new A2.Device { HostPath = "/dev/null" } },
                Linux = new A2.LinuxContainerConfig { Resources = new A2.LinuxContainerResources { CpusetCpus = "0" } },
            },
            SandboxConfig = s_pod,
        });

        var request = Asked<CreateContainerRequest>();
        Assert.That(request.PodSandboxId, Is.EqualTo("pod1"));
        Assert.That(request.Config, Is.EqualTo(new ContainerConfig
        {
            Metadata = new ContainerMetadata { Name = "main" },
            Labels = { ["l"] = "1" },
            Annotations = { ["a"] = "2" },
            LogPath = "main/0.log",
            Tty = true,
            Devices = { new Device { HostPath = "/dev/null" } },
            Linux = new LinuxContainerConfig { Resources = new LinuxContainerResources { CpusetCpus = "0" } },
        }));
        Assert.That(
            request.SandboxConfig.Linux.SecurityContext.NamespaceOptions.Network, Is.EqualTo(NamespaceMode.Node));
    }

    [Test]
    public async Task Filters_WrapTheState()
    {
        await RuntimeAsync("ListPodSandbox", new A2.ListPodSandboxRequest
        {
            Filter = new A2.PodSandboxFilter
            {
                State = new A2.PodSandboxStateValue { State = A2.PodSandboxState.SandboxNotready }
            },
        });
        Assert.That(Asked<ListPodSandboxRequest>().Filter.State.State, Is.EqualTo(PodSandboxState.SandboxNotready));

        await RuntimeAsync("ListContainers", new A2.ListContainersRequest
        {
            Filter = new A2.ContainerFilter
            {
                State = new A2.ContainerStateValue { State = A2.ContainerState.ContainerExited }
            },
        });
        Assert.That(Asked<ListContainersRequest>().Filter.State.State, Is.EqualTo(ContainerState.ContainerExited));
    }

    [Test]
    public async Task PodStatus_HasBooleans_ThePath_AndWhatVerboseAsks()
    {
        V1.WillAnswer(new PodSandboxStatusResponse
        {
            Status = new PodSandboxStatus
            {
                Id = "pod1",
                Metadata = new PodSandboxMetadata(),
                Linux = new LinuxPodSandboxStatus
                {
                    Namespaces = new Namespace
                    {
                        Options = new NamespaceOption { Pid = NamespaceMode.Node, Network = NamespaceMode.Pod }
                    },
                },
            },
            Info = { ["info"] = "{}" },
        });

        var bytes = await RuntimeAsync(
            "PodSandboxStatus", new A2.PodSandboxStatusRequest { PodSandboxId = "pod1", Verbose = true });

        var answer = A2.PodSandboxStatusResponse.Parser.ParseFrom(bytes);
        Assert.That(answer.Status.Linux.Namespaces.Options, Is.EqualTo(new A2.NamespaceOption { Pid = True }));
        Assert.That(answer.Info, Is.EqualTo(new Dictionary<string, string> { ["info"] = "{}" }));
        Assert.That(
            global::Runtime.Legacy.PodSandboxStatusResponse.Parser.ParseFrom(bytes).Status.Linux.Namespaces.Network,
            Is.EqualTo("/run/netns/pod1"), "a field of 1.6 that v1alpha2 no longer has");
    }

    [Test]
    public async Task Status_IsOfferedAlthough15HasNone()
    {
        V1.WillAnswer(new StatusResponse
        {
            Status = new RuntimeStatus
            {
                Conditions = { new RuntimeCondition { Type = "RuntimeReady", Status = true } }
            },
        });

        var answer = A2.StatusResponse.Parser.ParseFrom(await RuntimeAsync("Status", new A2.StatusRequest()));

        Assert.That(answer.Status.Conditions.Single().Type, Is.EqualTo("RuntimeReady"));
    }

    [Test]
    public async Task Pull_GivesTheReference_OnceTheSameClientShowedWhatItIs()
    {
        V1.WillAnswer(new PullImageResponse { ImageRef = "sha256:ff" });
        var pull = new A2.PullImageRequest { Image = new A2.ImageSpec { Image = "app" } };

        Assert.That(await ImagesAsync("PullImage", pull, "unix:pid:7"), Is.Empty, "nothing is known yet: 1.5");
        await RuntimeAsync("Status", new A2.StatusRequest(), "unix:pid:7");

        Assert.That(A2.PullImageResponse.Parser.ParseFrom(await ImagesAsync("PullImage", pull, "unix:pid:7")).ImageRef,
            Is.EqualTo("sha256:ff"));
        Assert.That(await ImagesAsync("PullImage", pull, "unix:pid:8"), Is.Empty, "another client");
    }

    [Test]
    public async Task Configuration_NamesTheLayoutOfWhatCouldBeEither()
    {
        Serve(new LegacyOptions { Layout = LegacyLayout.Kubernetes17 });
        V1.WillAnswer(new PullImageResponse { ImageRef = "sha256:ff" });

        var answer = await ImagesAsync("PullImage", new A2.PullImageRequest());

        Assert.That(A2.PullImageResponse.Parser.ParseFrom(answer).ImageRef, Is.EqualTo("sha256:ff"));
    }

    [Test]
    public async Task Configuration_YieldsToWhatTheBytesShow()
    {
        Serve(new LegacyOptions { Layout = LegacyLayout.Kubernetes18 });

        await RuntimeAsync("ListPodSandbox", new global::Runtime.Legacy.ListPodSandboxRequest
        {
            Filter = new global::Runtime.Legacy.PodSandboxFilter
            {
                State = global::Runtime.Legacy.PodSandboxState.SandboxReady
            },
        });

        Assert.That(Asked<ListPodSandboxRequest>().Filter.State, Is.Not.Null);
    }

    [Test]
    public async Task FileSystems_AreNamedByTheUuidOfTheirDevice_NotByPath()
    {
        V1.WillAnswer(new ImageFsInfoResponse
        {
            ImageFilesystems = { new FilesystemUsage
            {
                FsId = new FilesystemIdentifier { Mountpoint = "/" },
                UsedBytes = new UInt64Value { Value = 7 }
            } },
        });
        V1.WillAnswer(new ListContainerStatsResponse
        {
            Stats = { new ContainerStats
            {
                WritableLayer = new FilesystemUsage { FsId = new FilesystemIdentifier { Mountpoint = "/proc" } }
            } },
        });

        var images = A2.ImageFsInfoResponse.Parser.ParseFrom(
            await ImagesAsync("ImageFsInfo", new A2.ImageFsInfoRequest()));
        var stats = A2.ListContainerStatsResponse.Parser.ParseFrom(
            await RuntimeAsync("ListContainerStats", new A2.ListContainerStatsRequest()));

        Assert.That(images.ImageFilesystems.Single().FsId.Mountpoint, Does.Match("^([0-9A-Fa-f-]{8,})?$"));
        Assert.That(images.ImageFilesystems.Single().UsedBytes.Value, Is.EqualTo(7));
        Assert.That(stats.Stats.Single().WritableLayer.FsId.Mountpoint, Is.Empty, "/proc has no device");
    }

    [TestCase(false, true, true)]
    [TestCase(true, true, false)]
    public async Task Exec_BeforeTheStreamsCouldBeSaid_HasOutputAndErrors(bool tty, bool stdout, bool stderr)
    {
        await RuntimeAsync("Exec", new A2.ExecRequest { ContainerId = "ctr1", Tty = tty });

        var exec = Asked<ExecRequest>();
        Assert.That((exec.Stdout, exec.Stderr), Is.EqualTo((stdout, stderr)));
    }

    [Test]
    public async Task Exec_OfWhoSaysTheStreams_IsTakenAtItsWord()
    {
        await RuntimeAsync("Exec", new A2.ExecRequest { ContainerId = "ctr1", Stderr = true });

        Assert.That((Asked<ExecRequest>().Stdout, Asked<ExecRequest>().Stderr), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Attach_HasTheContainersTerminal()
    {
        await RuntimeAsync("Attach", new A2.AttachRequest { ContainerId = "tty1", Stdin = true });

        Assert.That(Asked<AttachRequest>(),
            Is.EqualTo(new AttachRequest { ContainerId = "tty1", Stdin = true, Tty = true, Stdout = true }));
    }

    [Test]
    public async Task Fields_ThatNobodyKnows_PassThrough()
    {
        byte[] unknown = [0xfa, 0x3f, 0x01, (byte)'x']; // field 1023, "x"
        await Legacy.CallAsync("/runtime.RuntimeService/Status", unknown);

        Assert.That(Asked<StatusRequest>().ToByteArray(), Is.EqualTo(unknown));
    }
}
