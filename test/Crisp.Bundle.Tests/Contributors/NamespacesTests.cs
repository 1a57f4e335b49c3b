namespace Crisp.Bundle.Tests.Contributors;

public class NamespacesTests
{
    [Test]
    public void Build_PidOfThePod_JoinsItsInit()
    {
        BundleInput input = Sample.Input(
            container => container.Security().NamespaceOptions = null, pod => pod.Linux.SecurityContext.NamespaceOptions = new());
        input = input with { PodPaths = Sample.Paths with { PidNs = "/run/crisp/ns/b0ba/pid" } };
        Assert.That(Pid(input)!.Path, Is.EqualTo("/run/crisp/ns/b0ba/pid"));
    }

    [Test]
    public void Build_PidModeNotSaid_IsThePods()
    {
        BundleInput input = Sample.Input(container => container.Security().NamespaceOptions = new());
        Assert.That(Pid(input), Is.EqualTo(new Oci.Namespace { Type = "pid" }), "the pod's own mode is CONTAINER");
    }

    [Test]
    public void Build_PidOfATarget_JoinsIt()
    {
        BundleInput input = Sample.Input(
            container => container.Security().NamespaceOptions = new() { Pid = Cri.NamespaceMode.Target, TargetId = "abc" });
        Assert.That(Pid(input with { PodPaths = Sample.Paths with { PidNs = "/proc/77/ns/pid" } })!.Path, Is.EqualTo("/proc/77/ns/pid"));
        Refusal.Invalid(() => Pid(input), "namespace_options.pid");
    }

    [Test]
    public void Build_CgroupV1_HasNoCgroupNamespace()
    {
        BundleInput input = Sample.Input() with { Host = Sample.PoorHost };
        Assert.That(BundleBuilder.Build(input).Spec.Linux!.Namespaces!.Select(ns => ns.Type), Does.Not.Contain("cgroup")); // always set
    }

    [Test]
    public void Build_PodWithoutItsNamespace_IsRefused() =>
        Refusal.Invalid(() => BundleBuilder.Build(Sample.Input() with { PodPaths = Sample.Paths with { NetNs = null } }), "network");

    private static Oci.Namespace? Pid(BundleInput input) =>
        BundleBuilder.Build(input).Spec.Linux!.Namespaces!.SingleOrDefault(ns => ns.Type == "pid"); // always set
}
