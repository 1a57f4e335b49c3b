using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Tests.Sandbox;

public sealed class PodCgroupTests
{
    [Test]
    public void Upwards_EndsBelowTheRoot() =>
        Assert.That(PodCgroup.Upwards("/a/b/c"), Is.EqualTo((string[])["/a/b/c", "/a/b", "/a"]));
}
