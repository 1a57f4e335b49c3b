using Crisp.Cri.Generations.Legacy;
using Google.Protobuf;
using Grpc.Core;
using Runtime.V1;
using A2 = Runtime.V1Alpha2;
using L = Runtime.Legacy;

namespace Crisp.Cri.Tests.Generations.Legacy;

/// <summary>What is cut off, mixed up, missing or said twice in requests of the first API.</summary>
public sealed class BadInputTests : LegacyFixture
{
    [Test]
    public void CutOffMessage_IsRefused()
    {
        var whole = new L.RunPodSandboxRequest { Config = Pod() }.ToByteArray();

        for (var length = 1; length < whole.Length; length++)
            Assert.That(
                () => Legacy.CallAsync("/runtime.RuntimeService/RunPodSandbox", whole[..length]),
                Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.InvalidArgument),
                $"{length} bytes");
        Assert.That(V1.Request, Is.Null);
    }

    [Test]
    public void MixedLayouts_AreRefused()
    {
        var old = new L.CreateContainerRequest { Config = new L.ContainerConfig { Privileged = true } }.ToByteArray();
        var later = new A2.CreateContainerRequest { Config = new A2.ContainerConfig { LogPath = "x" } }.ToByteArray();

        Assert.That(
            () => Legacy.CallAsync("/runtime.RuntimeService/CreateContainer", [.. old, .. later]),
            Throws.TypeOf<RpcException>()
                .With.Message.Contains("1.5").And.Property("StatusCode").EqualTo(StatusCode.InvalidArgument));
        Assert.That(V1.Request, Is.Null);
        Assert.That(Log.Lines, Has.Exactly(1).StartsWith("Warning CreateContainer of runtime.RuntimeService failed"));
    }

    [Test]
    public void PodOfOneLayoutAndContainerOfAnother_AreRefused()
    {
        var old = new L.CreateContainerRequest { SandboxConfig = Pod() }.ToByteArray();
        var later = new A2.CreateContainerRequest { Config = new A2.ContainerConfig { LogPath = "x" } }.ToByteArray();

        Assert.That(
            () => Legacy.CallAsync("/runtime.RuntimeService/CreateContainer", [.. old, .. later]),
            Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.InvalidArgument));
    }

    [TestCase("RunPodSandbox")]
    [TestCase("CreateContainer")]
    [TestCase("ListPodSandbox")]
    [TestCase("ListContainers")]
    public async Task EmptyRequest_ReachesV1AsEmpty_WhichSaysWhatIsMissing(string rpc)
    {
        await Legacy.CallAsync($"/runtime.RuntimeService/{rpc}", Array.Empty<byte>());

        Assert.That(V1.Request!.CalculateSize(), Is.Zero);
    }

    [Test]
    public async Task PodWithoutLinux_StillHasProcessesApart()
    {
        await RuntimeAsync("RunPodSandbox", new L.RunPodSandboxRequest { Config = new L.PodSandboxConfig() });

        Assert.That(
            Asked<RunPodSandboxRequest>().Config.Linux.SecurityContext.NamespaceOptions.Pid,
            Is.EqualTo(NamespaceMode.Container));
    }

    [Test]
    public void GroupWithoutUser_IsRefused() => Assert.That(
        () => RuntimeAsync("CreateContainer", Container(new L.ContainerConfig
        {
            Linux = new L.LinuxContainerConfig { User = new L.LinuxUser { Gid = 5 } },
        })),
        Throws.TypeOf<RpcException>().With.Message.Contains("config.linux.user.gid"));

    [Test]
    public async Task UserRoot_IsNoAbsentUser()
    {
        await RuntimeAsync("CreateContainer", Container(new L.ContainerConfig
        {
            Linux = new L.LinuxContainerConfig { User = new L.LinuxUser { Uid = 0 } },
        }));
        Assert.That(Asked<CreateContainerRequest>().Config.Linux.SecurityContext.RunAsUser.Value, Is.Zero);

        await RuntimeAsync("CreateContainer", Container(new L.ContainerConfig
        {
            LogPath = "x",
            Linux = new L.LinuxContainerConfig { User = new L.LinuxUser { AdditionalGids = { 7 } } },
        }));
        Assert.That(Asked<CreateContainerRequest>().Config.Linux.SecurityContext.RunAsUser, Is.Null);
    }

    [Test]
    public async Task FieldOfAnotherWireType_IsUnknown()
    {
        // ContainerConfig.working_dir (5) as a number, then privileged (10), which makes it 1.5's
        byte[] request = [0x12, 0x04, 0x28, 0x07, 0x50, 0x01];

        await Legacy.CallAsync("/runtime.RuntimeService/CreateContainer", request);

        Assert.That(Asked<CreateContainerRequest>().Config.WorkingDir, Is.Empty);
        Assert.That(Asked<CreateContainerRequest>().Config.Linux.SecurityContext.Privileged, Is.True);
    }

    [TestCase("no-assignment")]
    [TestCase("=value")]
    public void SysctlAnnotation_ThatIsNone_IsRefused(string text)
    {
        var pod = Pod();
        pod.Annotations["security.alpha.kubernetes.io/sysctls"] = text;

        Assert.That(
            () => RuntimeAsync("RunPodSandbox", new L.RunPodSandboxRequest { Config = pod }),
            Throws.TypeOf<RpcException>().With.Message.Contains("security.alpha.kubernetes.io/sysctls"));
    }

    [TestCase("localhost/../../etc/shadow")]
    [TestCase("something")]
    public void SeccompAnnotation_ThatNamesNoProfile_IsRefused(string text) => Assert.That(
        () => RuntimeAsync("CreateContainer", WithPodAnnotation("security.alpha.kubernetes.io/seccomp/pod", text)),
        Throws.TypeOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.InvalidArgument));

    [Test]
    public async Task SeccompRoot_IsTheConfiguredOne()
    {
        Serve(new LegacyOptions { SeccompRoot = "/etc/profiles" });

        await RuntimeAsync(
            "CreateContainer", WithPodAnnotation("security.alpha.kubernetes.io/seccomp/pod", "localhost/a.json"));

        Assert.That(Asked<CreateContainerRequest>().Config.Linux.SecurityContext.Seccomp.LocalhostRef,
            Is.EqualTo("/etc/profiles/a.json"));
    }

    [TestCase("/kubepods/burstable/pod1-2", "kubepods-burstable-pod1_2.slice")]
    [TestCase("kubepods-burstable.slice", "kubepods-burstable.slice")]
    [TestCase("/", "/")]
    [TestCase("", "")]
    public async Task CgroupParent_IsASlice_WhereSystemdMakesTheCgroups(string parent, string expected)
    {
        Serve(new LegacyOptions { SystemdCgroups = true });
        var pod = Pod();
        pod.Linux.CgroupParent = parent;

        await RuntimeAsync("RunPodSandbox", new L.RunPodSandboxRequest { Config = pod });

        Assert.That(Asked<RunPodSandboxRequest>().Config.Linux.CgroupParent, Is.EqualTo(expected));
    }

    [Test]
    public async Task OldAndNewSpelling_TheNewerWins()
    {
        await RuntimeAsync("CreateContainer", new A2.CreateContainerRequest
        {
            Config = new A2.ContainerConfig
            {
                Metadata = new A2.ContainerMetadata { Name = "main" },
                LogPath = "x",
                Linux = new A2.LinuxContainerConfig
                {
                    SecurityContext = new A2.LinuxContainerSecurityContext
                    {
                        Seccomp = new A2.SecurityProfile
                        {
                            ProfileType = A2.SecurityProfile.Types.ProfileType.RuntimeDefault
                        },
                    },
                },
            },
            SandboxConfig = new A2.PodSandboxConfig
            {
                Annotations =
                {
                    ["security.alpha.kubernetes.io/seccomp/pod"] = "unconfined",
                    ["container.apparmor.security.beta.kubernetes.io/main"] = "runtime/default",
                },
            },
        });

        var security = Asked<CreateContainerRequest>().Config.Linux.SecurityContext;
        Assert.That(
            security.Seccomp.ProfileType, Is.EqualTo(SecurityProfile.Types.ProfileType.RuntimeDefault), "the field");
        Assert.That(security.Apparmor.ProfileType,
            Is.EqualTo(SecurityProfile.Types.ProfileType.RuntimeDefault), "the annotation, alone");
    }

    [Test]
    public void Attach_ToAnUnknownContainer_IsNotFound() => Assert.That(
        () => RuntimeAsync("Attach", new L.AttachRequest { ContainerId = "nobody" }),
        Throws.TypeOf<RpcException>()
            .With.Property("StatusCode").EqualTo(StatusCode.NotFound).And.Message.Contains("nobody"));

    [Test]
    public async Task Attach_ToNothing_IsV1sToRefuse()
    {
        await RuntimeAsync("Attach", new L.AttachRequest());

        Assert.That(Asked<AttachRequest>().ContainerId, Is.Empty);
    }

    private static L.PodSandboxConfig Pod() => new()
    {
        Metadata = new L.PodSandboxMetadata { Name = "web" },
        Linux = new L.LinuxPodSandboxConfig { NamespaceOptions = new L.NamespaceOption { HostIpc = false } },
    };

    private static L.CreateContainerRequest Container(L.ContainerConfig config) => new() { Config = config };

    private static L.CreateContainerRequest WithPodAnnotation(string key, string value)
    {
        var pod = Pod();
        pod.Annotations[key] = value;
        return new L.CreateContainerRequest
        {
            Config = new L.ContainerConfig { Metadata = new L.ContainerMetadata { Name = "main" }, Privileged = false },
            SandboxConfig = pod,
        };
    }
}
