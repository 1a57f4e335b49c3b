using System.Text;
using Crisp.Bundle.Seccomp;
using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

#pragma warning disable CS0612 // what kubelets before 1.30 send is tested, too

namespace Crisp.Bundle.Tests;

/// <summary>Which seccomp profile reaches config.json.</summary>
public class SeccompChoiceTests
{
    private static readonly SeccompProfile Default = Profile("SCMP_ACT_ERRNO");
    private static readonly SeccompProfile Local = Profile("SCMP_ACT_LOG");
    private static readonly SeccompProfile Privileged = Profile("SCMP_ACT_TRAP");

    private static readonly TestCaseData[] Choices =
    [
        Case("nothing said", _ => { }, null),
        Case("no type said", s => s.Seccomp = new(), "SCMP_ACT_ERRNO"),
        Case("RuntimeDefault", s => s.Seccomp = new() { ProfileType = ProfileType.RuntimeDefault }, "SCMP_ACT_ERRNO"),
        Case("Unconfined", s => s.Seccomp = new() { ProfileType = ProfileType.Unconfined }, null),
        Case("Localhost",
            s => s.Seccomp = new() { ProfileType = ProfileType.Localhost, LocalhostRef = "/p.json" }, "SCMP_ACT_LOG"),
        Case("Localhost with the prefix of the older form", s => s.Seccomp = new()
        {
            ProfileType = ProfileType.Localhost,
            LocalhostRef = "localhost//p.json"
        }, "SCMP_ACT_LOG"),
        Case("string, default", s => s.SeccompProfilePath = "runtime/default", "SCMP_ACT_ERRNO"),
        Case("string, Docker's default", s => s.SeccompProfilePath = "docker/default", "SCMP_ACT_ERRNO"),
        Case("string, unconfined", s => s.SeccompProfilePath = "unconfined", null),
        Case("string, file", s => s.SeccompProfilePath = "localhost//p.json", "SCMP_ACT_LOG"),
        Case("both: the message counts", s =>
        {
            s.Seccomp = new() { ProfileType = ProfileType.Unconfined };
            s.SeccompProfilePath = "runtime/default";
        }, null),
        Case("privileged", s =>
        {
            s.Privileged = true;
            s.Seccomp = new() { ProfileType = ProfileType.Localhost, LocalhostRef = "/p.json" };
        }, null),
    ];

    [TestCaseSource(nameof(Choices))]
    public void Build_TheProfileThatIsMeant(Action<Cri.LinuxContainerSecurityContext> change, string? action)
    {
        var result = BundleBuilder.Build(Input(change));

        Assert.That(result.Spec.Linux!.Seccomp?.DefaultAction, Is.EqualTo(action)); // the builder always fills linux
        Assert.That(result.Notes, Is.Empty);
    }

    [Test]
    public void Build_Privileged_GetsTheProfileThatIsConfiguredForIt()
    {
        var input = Input(s => s.Privileged = true);

        var spec = BundleBuilder.Build(input with { Profiles = input.Profiles with { SeccompPrivileged = Privileged } })
            .Spec;

        Assert.That(spec.Linux!.Seccomp!.DefaultAction, Is.EqualTo("SCMP_ACT_TRAP")); // asked for just now
    }

    [Test]
    public void Build_Capabilities_DecideOnConditionalRules()
    {
        var input = Input(s =>
        {
            s.Seccomp = new() { ProfileType = ProfileType.RuntimeDefault };
            s.Capabilities = new() { AddCapabilities = { "SYS_CHROOT" } };
        }) with { Profiles = new SecurityProfiles() };

        var chroot = BundleBuilder.Build(input).Spec.Linux!.Seccomp!.Syscalls!.Single(
            rule => rule.Names.Contains("chroot")); // RuntimeDefault has rules

        Assert.That(chroot.Action, Is.EqualTo("SCMP_ACT_ALLOW"));
    }

    [Test]
    public void Build_KernelWithoutSeccomp_LeavesTheDefaultOut_AndRefusesAFile()
    {
        var result = BundleBuilder.Build(
            Input(s => s.Seccomp = new() { ProfileType = ProfileType.RuntimeDefault }) with
            {
                Host = Sample.Host with { Seccomp = null }
            });

        Assert.That(result.Spec.Linux!.Seccomp, Is.Null); // the builder always fills linux
        Assert.That(result.Notes, Has.One.Contains("seccomp"));
        Refusal.Invalid(
            () => BundleBuilder.Build(Input(s => s.SeccompProfilePath = "localhost//p.json") with
            {
                Host = Sample.Host with { Seccomp = null }
            }), "seccomp");
    }

    [Test]
    public void Build_AFileThatNobodyRead_IsNoReasonToRunUnconfined()
    {
        var input = Input(s => s.SeccompProfilePath = "localhost//p.json") with { Profiles = new SecurityProfiles() };

        Refusal.Invalid(() => BundleBuilder.Build(input), "seccomp.localhost_ref");
    }

    [Test]
    public void LocalhostFile_OfContainerAndPod()
    {
        Cri.ContainerConfig container = Sample.Container();
        Cri.PodSandboxConfig pod = Sample.Pod();
        Assert.That(SeccompChoice.LocalhostFile(container), Is.Null);
        Assert.That(SeccompChoice.LocalhostFile(pod), Is.Null);

        container.Security()
            .Seccomp = new() { ProfileType = ProfileType.Localhost, LocalhostRef = "/var/lib/kubelet/seccomp//p.json" };
        pod.Linux.SecurityContext.SeccompProfilePath = "localhost//q.json";
        Assert.That(SeccompChoice.LocalhostFile(container), Is.EqualTo("/var/lib/kubelet/seccomp/p.json"));
        Assert.That(SeccompChoice.LocalhostFile(pod), Is.EqualTo("/q.json"));

        container.Security().Privileged = true;
        Assert.That(SeccompChoice.LocalhostFile(container), Is.Null, "it is not used");
    }

    [Test]
    public void OfPod_WithoutCapabilities()
    {
        Cri.PodSandboxConfig pod = Sample.Pod();
        Assert.That(SeccompChoice.OfPod(pod, new SecurityProfiles(), Sample.Host, []), Is.Null);

        pod.Linux.SecurityContext.Seccomp = new() { ProfileType = ProfileType.RuntimeDefault };
        Assert.That(SeccompChoice.OfPod(pod, new SecurityProfiles(), Sample.Host, [])!.Syscalls,
            Is.Not.Empty); // not null, or the test has failed

        pod.Linux.SecurityContext.Privileged = true;
        Assert.That(SeccompChoice.OfPod(pod, new SecurityProfiles(), Sample.Host, []), Is.Null);
    }

    private static BundleInput Input(Action<Cri.LinuxContainerSecurityContext> change) =>
        Sample.Input(container => change(container.Security())) with
    {
        Profiles = new SecurityProfiles { SeccompDefault = Default, SeccompLocalhost = Local },
    };

    private static SeccompProfile Profile(string action) =>
        SeccompProfile.Parse(action, Encoding.UTF8.GetBytes($$"""{ "defaultAction": "{{action}}" }"""));

    private static TestCaseData Case(string name, Action<Cri.LinuxContainerSecurityContext> change, string? action) =>
        new TestCaseData(change, action).SetArgDisplayNames(name);
}
