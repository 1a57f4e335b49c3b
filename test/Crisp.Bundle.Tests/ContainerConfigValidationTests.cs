using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

namespace Crisp.Bundle.Tests;

public class ContainerConfigValidationTests
{
    [Test]
    public void Validate_Sample_Passes() =>
        Assert.DoesNotThrow(() => ContainerConfigValidation.Validate(Sample.Container(), Sample.Pod()));

    private static readonly TestCaseData[] Refused =
    [
        Case("config.metadata.name", c => c.Metadata = null),
        Case("config.metadata.name", c => c.Metadata.Name = "a/b"),
        Case("config.image.image", c => c.Image = null),
        Case("config.image.image", c => c.Image.Image = ""),
        Case("config.log_path", c => c.LogPath = "/var/log/x.log"),
        Case("config.log_path", c => c.LogPath = "../other/0.log"),
        Case("config.log_path", c => c.LogPath = "a/../../b"),
        Case("config.log_path", c => c.LogPath = "a/"),
        Case("mounts.container_path", c => c.Mounts.Add(Mount("relative"))),
        Case("mounts.container_path", c => c.Mounts.Add(Mount("/"))),
        Case("mounts.container_path", c => c.Mounts.Add(Mount("/a/../../b"))),
        Case("mounts.container_path", c => c.Mounts.Add(Mount("/a\0b"))),
        Case("mounts.container_path", c => c.Mounts.Add(Mount("/proc"))),
        Case("mounts.container_path", c => c.Mounts.Add(Mount("//proc/sys/"))),
        Case("mounts.container_path", c => c.Mounts.Add(Mount("/proc/meminfo/x"))),
        Case("mounts.host_path", c => c.Mounts.Add(new Cri.Mount { ContainerPath = "/a" })),
        Case("mounts.propagation", c => c.Mounts.Add(
            new Cri.Mount { ContainerPath = "/a", HostPath = "/b", Propagation = (Cri.MountPropagation)7 })),
        Case("entries", c => c.Mounts.Add(Enumerable.Range(0, 10_000).Select(i => Mount($"/m{i}")))),
        Case("mounts.uidMappings", c => c.Mounts.Add(
            new Cri.Mount { ContainerPath = "/a", HostPath = "/b", UidMappings = { new Cri.IDMapping() } })),
        Case("recursive_read_only",
            c => c.Mounts.Add(new Cri.Mount { ContainerPath = "/a", HostPath = "/b", RecursiveReadOnly = true })),
        Case("config.devices.permissions",
            c => c.Devices.Add(new Cri.Device { ContainerPath = "/dev/x", HostPath = "/dev/x", Permissions = "rx" })),
        Case("config.devices.host_path", c => c.Devices.Add(new Cri.Device { ContainerPath = "/dev/x" })),
        Case("namespace_options.network", c => c.Security().NamespaceOptions.Network = Cri.NamespaceMode.Node),
        Case("namespace_options.ipc", c => c.Security().NamespaceOptions.Ipc = Cri.NamespaceMode.Container),
        Case("namespace_options.pid", c => c.Security().NamespaceOptions.Pid = Cri.NamespaceMode.Node),
        Case("namespace_options.target_id", c => c.Security().NamespaceOptions.Pid = Cri.NamespaceMode.Target),
        Case("add_capabilities", c => c.Security().Capabilities = new() { AddCapabilities = { "NONE" } }),
        Case("run_as_group", c => c.Security().RunAsGroup = new() { Value = 5 }),
        Case("masked_paths", c => c.Security().MaskedPaths.Add("proc/x")),
        Case("readonly_paths", c => c.Security().ReadonlyPaths.Add("/proc/../etc")),
        Case("seccomp.localhost_ref", c => c.Security().Seccomp = new() { ProfileType = ProfileType.Localhost }),
        Case("seccomp.localhost_ref", c => c.Security()
            .Seccomp = new() { ProfileType = ProfileType.Localhost, LocalhostRef = "profiles/p.json" }),
        Case("seccomp.localhost_ref",
            c => c.Security().Seccomp = new() { ProfileType = ProfileType.Localhost, LocalhostRef = "/var/../p.json" }),
        Case("seccomp.profile_type", c => c.Security().Seccomp = new() { ProfileType = (ProfileType)9 }),
        Case("apparmor.localhost_ref", c => c.Security().Apparmor = new() { ProfileType = ProfileType.Localhost }),
        Case("apparmor.localhost_ref",
            c => c.Security().Apparmor = new() { ProfileType = ProfileType.Localhost, LocalhostRef = "a\nb" }),
        Case("oom_score_adj", c => c.Resources().OomScoreAdj = 5000),
        Case("config.annotations", c => c.Annotations.Add("a", new string('x', 17_000_000))),
    ];

    [TestCaseSource(nameof(Refused))]
    public void Validate_Refuses(string field, Action<Cri.ContainerConfig> change)
    {
        Cri.ContainerConfig container = Sample.Container();
        change(container);
        Refusal.Invalid(() => ContainerConfigValidation.Validate(container, Sample.Pod()), field);
    }

    private static readonly TestCaseData[] Accepted =
    [
        Case("two at one place, as device plugins send them", c => c.Mounts.Add([Mount("/a"), Mount("/a/")])),
        Case("lxcfs", c => c.Mounts.Add([Mount("/proc/meminfo"), Mount("/proc/cpuinfo")])),
        Case("PID mode not said, in a pod whose own is CONTAINER",
            c => c.Security().NamespaceOptions = new() { Network = Cri.NamespaceMode.Pod }),
        Case("a unified key with capitals", c => c.Resources().Unified.Add("hugetlb.2MB.rsvd.max", "0")),
    ];

    [TestCaseSource(nameof(Accepted))]
    public void Validate_Accepts(string what, Action<Cri.ContainerConfig> change)
    {
        Cri.ContainerConfig container = Sample.Container();
        change(container);
        Assert.DoesNotThrow(() => ContainerConfigValidation.Validate(container, Sample.Pod()), what);
    }

    [TestCase(true, true, true)]
    [TestCase(true, false, false)]
    [TestCase(false, false, true)]
    public void Privilege_IsThePodsToGive(bool container, bool pod, bool allowed)
    {
        Cri.ContainerConfig config = Sample.Container();
        config.Security().Privileged = container;
        Cri.PodSandboxConfig today = Sample.Pod();
        today.Linux.SecurityContext.Privileged = pod;
        if (allowed)
            Assert.DoesNotThrow(() => ContainerConfigValidation.Privilege(config, today));
        else
            Refusal.Invalid(() => ContainerConfigValidation.Privilege(config, today), "privileged");
    }

    [TestCase("/absolute")]
    [TestCase("../../etc/passwd")]
    [TestCase("dir/")]
    public void Validate_LogPathThatLeavesItsDirectory_IsRefused(string path)
    {
        Cri.ContainerConfig container = Sample.Container();
        container.LogPath = path;
        Refusal.Invalid(() => ContainerConfigValidation.Validate(container, Sample.Pod()), "config.log_path");
    }

    private static Cri.Mount Mount(string path) => new() { ContainerPath = path, HostPath = "/host" };

    private static TestCaseData Case(string field, Action<Cri.ContainerConfig> change) => new(field, change);
}
