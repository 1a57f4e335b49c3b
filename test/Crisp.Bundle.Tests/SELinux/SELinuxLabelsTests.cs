using Crisp.Bundle.SELinux;

namespace Crisp.Bundle.Tests.SELinux;

/// <summary>SELinux labels in the generated config.json: this project's machines do not run SELinux.</summary>
public class SELinuxLabelsTests
{
    private static readonly SELinuxHost Policy = new(
        "system_u:system_r:container_t:s0", "system_u:object_r:container_file_t:s0");

    [Test]
    public void Build_NothingSaid_IsThePolicysTypeAtThePodsLevel() => AssertLabels(
        _ => { }, "system_u:system_r:container_t:s0:c1,c2", "system_u:object_r:container_file_t:s0:c1,c2");

    [Test]
    public void Build_ALevelAlone() => AssertLabels(
        s => s.SelinuxOptions = new() { Level = "s0:c7,c8" }, "system_u:system_r:container_t:s0:c7,c8",
        "system_u:object_r:container_file_t:s0:c7,c8");

    [Test]
    public void Build_EveryPart() => AssertLabels(
        s => s.SelinuxOptions = new() { User = "user_u", Role = "user_r", Type = "spc_t", Level = "s0" },
        "user_u:user_r:spc_t:s0", "user_u:object_r:container_file_t:s0");

    [Test]
    public void Build_Privileged_HasNone() => AssertLabels(s => s.Privileged = true, null, null);

    [Test]
    public void Build_PodWithoutALevel_HasNone_UnlessItsContainerAsks()
    {
        Assert.That(
            Build(_ => { }, podLevel: null).Process!.SelinuxLabel, Is.Null); // the builder always fills the process
        Assert.That(Build(s => s.SelinuxOptions = new() { Level = "s0:c7,c8" }, podLevel: null).Process!.SelinuxLabel,
            Does.EndWith(":s0:c7,c8"));
    }

    [Test]
    public void Build_HostWithoutSELinux_IgnoresThem()
    {
        BundleInput input = Sample.Input(container => container.Security().SelinuxOptions = new() { Type = "spc_t" });

        Assert.That(
            BundleBuilder.Build(input).Spec.Process!.SelinuxLabel, Is.Null); // the builder always fills the process
    }

    [Test]
    public void OfAPod_ItsFilesAndItsInit_AreAtItsLevel()
    {
        Cri.PodSandboxConfig pod = Sample.Pod();
        HostFacts host = Sample.Host with { SELinux = Policy };

        Assert.That(
            SELinuxLabels.Of(pod, host, "s0:c1,c2")?.File, Is.EqualTo("system_u:object_r:container_file_t:s0:c1,c2"));
        Assert.That(
            SELinuxLabels.Of(pod, host, "s0:c1,c2")?.Process, Is.EqualTo("system_u:system_r:container_t:s0:c1,c2"));
        Assert.That(SELinuxLabels.Of(pod, Sample.Host, "s0:c1,c2"), Is.Null, "a host without SELinux");
        Assert.That(SELinuxLabels.Of(pod, host, podLevel: null), Is.Null, "a pod without labels");
        pod.Linux.SecurityContext.Privileged = true;
        Assert.That(SELinuxLabels.Of(pod, host, "s0:c1,c2"), Is.Null, "a privileged one");
    }

    [TestCase("selinux_options.level", "high")]
    [TestCase("selinux_options.level", "s0:c1:c2")]
    [TestCase("selinux_options.level", "s0:c1,c2\n")]
    [TestCase("selinux_options.type", "a:b")]
    [TestCase("selinux_options.user", "a b")]
    [TestCase("selinux_options.role", "a\n")]
    public void Validate_WrongOptions_AreRefused(string field, string value)
    {
        Cri.SELinuxOption options = new();
        Cri.SELinuxOption.Descriptor.FindFieldByName(field.Split('.')[1]).Accessor.SetValue(options, value);
        Cri.ContainerConfig container = Sample.Container();
        container.Security().SelinuxOptions = options;
        Cri.PodSandboxConfig pod = Sample.Pod();
        pod.Linux.SecurityContext.SelinuxOptions = options;

        Refusal.Invalid(() => ContainerConfigValidation.Validate(container, Sample.Pod()), field);
        Refusal.Invalid(() => PodConfigValidation.Validate(pod), field);
    }

    [TestCase("s0")]
    [TestCase("s0:c1023")]
    [TestCase("s0:c1,c2")]
    [TestCase("s0:c0.c1023")]
    [TestCase("s0-s0:c0.c1023")]
    public void Validate_Levels(string level)
    {
        Cri.ContainerConfig container = Sample.Container();
        container.Security().SelinuxOptions = new() { Level = level };

        Assert.DoesNotThrow(() => ContainerConfigValidation.Validate(container, Sample.Pod()));
    }

    [Test]
    public void Choose_NeverTakesALevelThatIsInUse_AndAlwaysTwoCategories()
    {
        var random = new Random(7);
        var inUse = new HashSet<string>();
        for (int i = 0; i < 5000; i++)
            Assert.That(inUse.Add(SELinuxLevel.Choose(random, inUse)), Is.True);
        foreach (string level in inUse)
        {
            int[] categories = [.. level["s0:".Length..].Split(',').Select(category => int.Parse(category[1..]))];
            Assert.That(categories, Has.Length.EqualTo(2).And.Ordered.And.Unique.And.All.InRange(0, 1023));
        }
    }

    private static void AssertLabels(Action<Cri.LinuxContainerSecurityContext> change, string? process, string? file)
    {
        Oci.Spec spec = Build(change, "s0:c1,c2");

        Assert.Multiple(() =>
        {
            Assert.That(spec.Process!.SelinuxLabel, Is.EqualTo(process)); // the builder always fills the process
            Assert.That(spec.Linux!.MountLabel, Is.EqualTo(file)); // and this
        });
    }

    private static Oci.Spec Build(Action<Cri.LinuxContainerSecurityContext> change, string? podLevel) =>
        BundleBuilder.Build(
            Sample.Input(container => change(container.Security())) with
            {
                Host = Sample.Host with { SELinux = Policy },
                SELinuxLevel = podLevel
            }).Spec;
}
