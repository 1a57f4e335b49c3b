using Crisp.Pods.Identity;
using Runtime.V1;

namespace Crisp.Pods.Tests.Identity;

public sealed class ObjectNameTests
{
    [Test]
    public void Key_PartsDoNotRunIntoEachOther()
    {
        var one = ObjectName.OfPod(new PodSandboxMetadata { Name = "b_c", Namespace = "a", Uid = "d" });
        var other = ObjectName.OfPod(new PodSandboxMetadata { Name = "c", Namespace = "a_b", Uid = "d" });
        Assert.That(one.Key, Is.Not.EqualTo(other.Key));
    }

    [Test]
    public void Key_EveryPartCounts()
    {
        var metadata = new PodSandboxMetadata { Name = "a", Namespace = "b", Uid = "c", Attempt = 1 };
        var next = metadata.Clone();
        next.Attempt = 2;
        Assert.That(ObjectName.OfPod(metadata).Key, Is.Not.EqualTo(ObjectName.OfPod(next).Key));
    }
}
