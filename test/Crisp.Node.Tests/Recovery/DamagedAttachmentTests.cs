namespace Crisp.Node.Tests.Recovery;

/// <summary>A power cut can leave an empty cni.json, which is not synced: the pod must go all the same.</summary>
[TestFixture("crun")]
public class DamagedAttachmentTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Pod_IsRemoved_AndItsAddressIsFree()
    {
        var pod = await RunPodAsync();
        await File.WriteAllTextAsync(Path.Combine(Node.StateRoot, "pods", pod.Id, "cni.json"), "");

        await Cri.StopPodAsync(pod.Id);
        await Cri.RemovePodAsync(pod.Id);

        Assert.That(Node.Network.Leases(), Is.Empty);
    }
}
