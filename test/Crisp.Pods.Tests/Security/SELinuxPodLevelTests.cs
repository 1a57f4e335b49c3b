using Crisp.Bundle;
using Crisp.Bundle.SELinux;
using Crisp.Pods.Records;
using Crisp.Pods.Security;
using Runtime.V1;

namespace Crisp.Pods.Tests.Security;

/// <summary>One level for a pod, unless its containers get no labels.</summary>
public class SELinuxPodLevelTests
{
    private static readonly HostFacts Host = new()
    {
        CgroupV2 = true,
        Controllers = new HashSet<string>(),
        BoundingCapabilities = [],
        Hostname = "node",
        SELinux = new SELinuxHost("u:r:t:s0", "u:object_r:f:s0"),
    };

    [Test]
    public void Choose_NothingAsked_IsOneOfItsOwn() =>
        Assert.That(Choose(_ => { }), Does.Match(@"^s0:c\d+,c\d+$"));

    [Test]
    public void Choose_ALevelOfTheRequest() =>
        Assert.That(Choose(security => security.SelinuxOptions = new SELinuxOption { Level = "s0:c1,c2" }),
            Is.EqualTo("s0:c1,c2"));

    [Test]
    public void Choose_Privileged_IsNone() => Assert.That(Choose(security => security.Privileged = true), Is.Null);

    [TestCase(true, false)]
    [TestCase(false, true)]
    public void Choose_OnTheNodesNetwork_AsConfigured(bool disabled, bool hasLevel)
    {
        var level = Choose(
            security => security.NamespaceOptions = new NamespaceOption { Network = NamespaceMode.Node },
            new SecurityOptions { HostNetworkDisablesSELinux = disabled });

        Assert.That(level is not null, Is.EqualTo(hasLevel));
    }

    [Test]
    public void Choose_HostWithoutSELinux_IsNone() =>
        Assert.That(SELinuxPodLevel.Choose(
            new PodSandboxConfig(), Host with { SELinux = null }, new SecurityOptions(), []), Is.Null);

    [Test]
    public void Choose_KeepsAwayFromOtherPods()
    {
        List<PodRecord> pods = [];
        for (var i = 0; i < 200; i++)
        {
            var level = SELinuxPodLevel.Choose(
                new PodSandboxConfig(), Host, new SecurityOptions(), pods)!; // such a pod has one
            pods.Add(new PodRecord
            {
                Id = $"{i}",
                Stage = PodStage.Ready,
                BootId = "",
                CreatedAtNanos = 1,
                RuntimeHandler = "",
                CgroupParent = "",
                SELinuxLevel = level
            });
        }

        Assert.That(pods.Select(pod => pod.SELinuxLevel), Is.Unique);
    }

    private static string? Choose(Action<LinuxSandboxSecurityContext> change, SecurityOptions? options = null)
    {
        var security = new LinuxSandboxSecurityContext();
        change(security);
        var pod = new PodSandboxConfig { Linux = new LinuxPodSandboxConfig { SecurityContext = security } };
        return SELinuxPodLevel.Choose(pod, Host, options ?? new SecurityOptions(), []);
    }
}
