using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Lifecycle;

public sealed class MonitorCgroupTests
{
    [TestCase("", null)]
    [TestCase("system.slice", "/system.slice/crio-conmon-x")]
    [TestCase("a-b.slice", "/a.slice/a-b.slice/crio-conmon-x")]
    [TestCase("pod", "/kubepods/podp/crio-conmon-x")]
    [TestCase("/monitors", "/monitors")]
    public void Place_WhereSystemdOrKubeletHasGroups_IsAGroupOfItsOwn(string where, string? group) =>
        Assert.That(MonitorCgroup.Place(where, () => "/kubepods/podp", "x"), Is.EqualTo(group));
}
