namespace Crisp.Bundle.Tests.Contributors;

/// <summary>On a host without systemd: the annotations that runc and crun turn into properties of the scope.</summary>
public class SystemdPropertiesTests
{
    private const string GracePeriod = "io.kubernetes.pod.terminationGracePeriod";

    [Test]
    public void Build_Systemd_OrdersTheScopeBeforeTheDaemonsEnd_WithThePodsGrace() => Assert.That(
        Properties(CgroupDriver.Systemd, "30"),
        Is.EquivalentTo(new[]
        {
            "After=['crisp.service']", "DefaultDependencies=true", "TasksMax=uint64 18446744073709551615",
            "TimeoutStopUSec=uint64 30000000",
        }));

    [Test]
    public void Build_LimitOfProcesses_IsTheRuntimesToSet() =>
        Assert.That(Properties(CgroupDriver.Systemd, "30", pidsLimit: 64), Has.None.StartsWith("TasksMax"));

    [TestCase("30, 'x': y")]
    [TestCase("-1")]
    [TestCase("99999999999999999999")]
    [TestCase("604801")]
    [TestCase("")]
    public void Build_GraceThatIsNone_IsLeftOut(string grace) =>
        Assert.That(Properties(CgroupDriver.Systemd, grace), Has.None.StartsWith("TimeoutStopUSec"));

    [Test]
    public void Build_Cgroupfs_HasNone() => Assert.That(Properties(CgroupDriver.Cgroupfs, "30"), Is.Empty);

    [Test]
    public void Build_PropertiesOfTheRequest_NeverReachTheRuntime() => Assert.That(
        BundleBuilder.Build(
            Sample.Input(container => container.Annotations["org.systemd.property.Slice"] = "'system.slice'"))
                .Spec.Annotations!.Keys, // always set
        Has.None.StartsWith("org.systemd.property."));

    private static string[] Properties(CgroupDriver driver, string grace, long pidsLimit = 0)
    {
        BundleInput input = Sample.Input(container => container.Annotations[GracePeriod] = grace);
        input = input with { CgroupDriver = driver, Options = input.Options with { PidsLimit = pidsLimit } };
        const string Prefix = "org.systemd.property.";
        return [.. BundleBuilder.Build(input).Spec.Annotations! // always set
            .Where(entry => entry.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(entry => $"{entry.Key[Prefix.Length..]}={entry.Value}")];
    }
}
