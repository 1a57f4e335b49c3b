namespace Crisp.Bundle.Tests.Contributors;

public class NamespacesTests
{
    [Test]
    public void Build_PidOfThePod_JoinsItsInit()
    {
        var input = Sample.Input(
            container => container.Security().NamespaceOptions = null,
            pod => pod.Linux.SecurityContext.NamespaceOptions = new());
        input = input with { PodPaths = Sample.Paths with { PidNs = "/run/crisp/ns/b0ba/pid" } };
        Assert.That(Pid(input)!.Path, Is.EqualTo("/run/crisp/ns/b0ba/pid"));
    }

    [Test]
    public void Build_PidModeNotSaid_IsThePods()
    {
        var input = Sample.Input(container => container.Security().NamespaceOptions = new());
        Assert.That(Pid(input), Is.EqualTo(new Oci.Namespace { Type = "pid" }), "the pod's own mode is CONTAINER");
    }

    [Test]
    public void Build_PidOfATarget_JoinsIt()
    {
        var input = Sample.Input(
            container => container.Security()
                .NamespaceOptions = new() { Pid = Cri.NamespaceMode.Target, TargetId = "abc" });
        Assert.That(Pid(input with { PodPaths = Sample.Paths with { PidNs = "/proc/77/ns/pid" } })!.Path,
            Is.EqualTo("/proc/77/ns/pid"));
        Refusal.Invalid(() => Pid(input), "namespace_options.pid");
    }

    [Test]
    public void Build_CgroupV1_HasNoCgroupNamespace()
    {
        var input = Sample.Input() with { Host = Sample.PoorHost };
        Assert.That(BundleBuilder.Build(input).Spec.Linux!.Namespaces!.Select(ns => ns.Type),
            Does.Not.Contain("cgroup")); // always set
    }

    [Test]
    public void Build_PodWithoutItsNamespace_IsRefused() =>
        Refusal.Invalid(() => BundleBuilder.Build(
            Sample.Input() with { PodPaths = Sample.Paths with { NetNs = null } }), "network");

    [Test]
    public void Build_UsersOfThePod_JoinTheirNamespaceWithItsMappings()
    {
        var input = Sample.Input(container => container.Security().NamespaceOptions = null, WithUsers);
        var linux = BundleBuilder.Build(input with
        {
            PodPaths = Sample.Paths with { UserNs = "/run/crisp/ns/b0ba/user" }
        }).Spec.Linux!; // always set
        Assert.Multiple(() =>
        {
            Assert.That(
                linux.Namespaces, Does.Contain(new Oci.Namespace { Type = "user", Path = "/run/crisp/ns/b0ba/user" }));
            Assert.That(linux.UidMappings,
                Is.EqualTo(new[] { new Oci.IdMapping { ContainerId = 0, HostId = 100000, Size = 1000 } }));
            Assert.That(linux.GidMappings,
                Is.EqualTo(new[] { new Oci.IdMapping { ContainerId = 0, HostId = 200000, Size = 1000 } }));
        });
    }

    [Test]
    public void Build_UserThatTheMappingLacks_IsRefused()
    {
        var input = Sample.Input(container => container.Security().NamespaceOptions = null, WithUsers);
        Refusal.Invalid(() => BundleBuilder.Build(input with { User = input.User with { Uid = 1000 } }), "run_as_user");
        Refusal.Invalid(() => BundleBuilder.Build(input with { User = input.User with { AdditionalGids = [0, 1000] } }),
            "run_as_group");
    }

    [Test]
    public void Build_OtherUsersThanThePods_AreRefused()
    {
        var mine = new Cri.UserNamespace { Mode = Cri.NamespaceMode.Node };
        var input = Sample.Input(container => container.Security().NamespaceOptions.UsernsOptions = mine, WithUsers);
        Refusal.Invalid(() => BundleBuilder.Build(input), "userns_options");
        input = Sample.Input(container => container.Security().NamespaceOptions.UsernsOptions = mine);
        Assert.DoesNotThrow(() => BundleBuilder.Build(input), "NODE is what a pod has that says nothing");
    }

    private static void WithUsers(Cri.PodSandboxConfig pod) =>
        pod.Linux.SecurityContext.NamespaceOptions.UsernsOptions = new()
    {
        Mode = Cri.NamespaceMode.Pod,
        Uids = { new Cri.IDMapping { HostId = 100000, Length = 1000 } },
        Gids = { new Cri.IDMapping { HostId = 200000, Length = 1000 } },
    };

    private static Oci.Namespace? Pid(BundleInput input) =>
        BundleBuilder.Build(input).Spec.Linux!.Namespaces!.SingleOrDefault(ns => ns.Type == "pid"); // always set
}
