namespace Crisp.Bundle.Tests.Contributors;

public class CapabilitySetsTests
{
    private static readonly string[] Defaults =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_NET_BIND_SERVICE", "CAP_SETGID",
        "CAP_SETPCAP", "CAP_SETUID",
    ];

    [Test]
    public void Build_NothingAsked_IsCrioDefault() => Assert.That(Sets(new()).Bounding, Is.EqualTo(Defaults));

    [Test]
    public void Build_AddAndDrop_InAnySpelling()
    {
        var sets = Sets(
            new() { AddCapabilities = { "net_raw", "CAP_SYS_ADMIN" }, DropCapabilities = { "Cap_Kill", "CHOWN" } });
        Assert.That(sets.Permitted,
            Is.EquivalentTo(Defaults.Except(["CAP_KILL", "CAP_CHOWN"]).Concat(["CAP_NET_RAW", "CAP_SYS_ADMIN"])));
    }

    [Test]
    public void Build_AddAll_IsWhatTheHostHas() =>
        Assert.That(
            Sets(new() { AddCapabilities = { "ALL" }, DropCapabilities = { "SYS_ADMIN" } }).Bounding,
            Is.EquivalentTo(Sample.Capabilities.Except(["CAP_SYS_ADMIN"])));

    [Test]
    public void Build_DropAllAddOne_IsThatOne() =>
        Assert.That(
            Sets(new() { AddCapabilities = { "NET_BIND_SERVICE" }, DropCapabilities = { "all" } }).Effective,
            Is.EqualTo(new[] { "CAP_NET_BIND_SERVICE" }));

    [Test]
    public void Build_NothingAmbient_InheritsNothing()
    {
        var sets = Sets(new() { AddCapabilities = { "ALL" } });
        Assert.That(sets.Inheritable, Is.Empty); // CVE-2022-27652
        Assert.That(sets.Ambient, Is.Empty);
    }

    [Test]
    public void Build_Ambient_IsInEverySet()
    {
        var sets = Sets(new() { DropCapabilities = { "ALL" }, AddAmbientCapabilities = { "NET_BIND_SERVICE" } });
        string[] expected = ["CAP_NET_BIND_SERVICE"];
        Assert.Multiple(() =>
        {
            Assert.That(sets.Ambient, Is.EqualTo(expected));
            Assert.That(sets.Inheritable, Is.EqualTo(expected));
            Assert.That(sets.Permitted, Is.EqualTo(expected));
            Assert.That(sets.Bounding, Is.EqualTo(expected));
        });
    }

    [Test]
    public void Build_Privileged_IsWhatTheHostHas()
    {
        var input = Sample.Input(
            container => container.Security().Privileged = true, pod => pod.Linux.SecurityContext.Privileged = true);
        Assert.That(BundleBuilder.Build(input).Spec.Process!.Capabilities!.Bounding,
            Is.EquivalentTo(Sample.Capabilities)); // always set
    }

    [Test]
    public void Build_DefaultTheHostLacks_IsLeftOutAndNoted()
    {
        var input = Sample.Input() with { Host = Sample.Host with { BoundingCapabilities = ["CAP_KILL"] } };
        var result = BundleBuilder.Build(input);
        Assert.That(result.Spec.Process!.Capabilities!.Bounding, Is.EqualTo(new[] { "CAP_KILL" })); // always set
        Assert.That(result.Notes, Has.Some.Contains("CAP_CHOWN"));
    }

    [Test]
    public void Build_UnknownOrUnavailable_IsRefused()
    {
        Refusal.Invalid(() => Sets(new() { AddCapabilities = { "FLY" } }), "FLY");
        Refusal.Invalid(() => Sets(new() { DropCapabilities = { "" } }), "drop_capabilities");
        Refusal.Invalid(() => Sets(new() { AddCapabilities = { "SYS_TIME" } }), "CAP_SYS_TIME");
        Refusal.Invalid(() => Sets(new() { AddAmbientCapabilities = { "SYS_TIME" } }), "add_ambient_capabilities");
    }

    private static Oci.ProcessCapabilities Sets(Cri.Capability asked) =>
        BundleBuilder.Build(Sample.Input(container => container.Security().Capabilities = asked))
            .Spec.Process!.Capabilities!; // always set
}
