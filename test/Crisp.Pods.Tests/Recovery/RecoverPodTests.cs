using Crisp.Pods.Records;
using Crisp.Pods.Recovery;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Recovery;

internal sealed class RecoverPodTests
{
    [TestCase(PodStage.Ready)]
    [TestCase(PodStage.Failed)]
    [TestCase(PodStage.Stopped)]
    public void Decide_SameBoot_StaysAsItIs(PodStage stage) =>
        Assert.That(RecoverPod.Decide(TemporaryNode.PodRecord(stage), TemporaryNode.BootId).Stage, Is.EqualTo(stage));

    [TestCase(PodStage.Ready, PodStage.Stopping)]
    [TestCase(PodStage.Failed, PodStage.Stopping)]
    [TestCase(PodStage.Stopped, PodStage.Stopped)]
    [TestCase(PodStage.Removing, PodStage.Removing)]
    public void Decide_AfterAReboot_IsStopped(PodStage before, PodStage after) =>
        Assert.That(RecoverPod.Decide(TemporaryNode.PodRecord(before, "a former boot"), TemporaryNode.BootId).Stage,
            Is.EqualTo(after));
}
