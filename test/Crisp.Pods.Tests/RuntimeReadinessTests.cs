using Crisp.OciRuntime;

namespace Crisp.Pods.Tests;

public class RuntimeReadinessTests
{
    [TestCase(true, "hugetlb misc", false)]
    [TestCase(true, "", true)]
    [TestCase(false, "hugetlb misc", true)]
    public void Default_IsReady_UnlessTheHostsCgroupsAreNothingForIt(bool refusesSplit, string controllers, bool ready)
    {
        var handler = new HandlerFeatures
        {
            Name = "crun",
            RecursiveReadOnlyMounts = true,
            UserNamespaces = true,
            RefusesSplitCgroups = refusesSplit,
        };
        var readiness = RuntimeReadiness.Of(handler, controllers.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.That(readiness.Ready, Is.EqualTo(ready));
        if (ready)
            Assert.That((readiness.Reason, readiness.Message), Is.EqualTo(("", "")));
        else
            Assert.That(readiness.Message,
                Does.Contain("crun").And.Contain("hugetlb, misc").And.Contain(RuntimeRemedies.SplitCgroups));
    }
}
