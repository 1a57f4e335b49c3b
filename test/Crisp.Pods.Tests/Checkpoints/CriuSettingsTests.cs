using Crisp.Errors;
using Crisp.Pods.Checkpoints;

namespace Crisp.Pods.Tests.Checkpoints;

public sealed class CriuSettingsTests
{
    [Test]
    public void Compose_WithoutAdministratorAndCgroup_ClosesConnections() =>
        Assert.That(CriuSettings.Compose("", null), Is.EqualTo("tcp-close\n"));

    [Test]
    public void Compose_WithBoth_SaysTheAdministratorsFirst() => Assert.That(
        CriuSettings.Compose("# ours\nskip-in-flight\n", "/kubepods.slice/pod.slice/crio-1.scope"),
        Is.EqualTo("# ours\nskip-in-flight\ntcp-close\ncgroup-root /kubepods.slice/pod.slice/crio-1.scope\n"));

    [TestCase("/a b")]
    [TestCase("/a\ntcp-established")]
    [TestCase("/a#b")]
    [TestCase("/a\"b")]
    [TestCase("/ä")]
    public void Compose_WithACgroupThatCriuWouldMisread_Refuses(string cgroup) => Assert.That(
        Assert.Throws<CrispException>(() => CriuSettings.Compose("", cgroup))!.Message,
        Does.Contain("cgroup_parent").And.Contain(cgroup));
}
