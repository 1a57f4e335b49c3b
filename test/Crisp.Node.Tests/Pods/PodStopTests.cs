namespace Crisp.Node.Tests.Pods;

/// <summary>StopPodSandbox of containers that do not want to end.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class PodStopTests(string runtime) : NodeFixture(runtime)
{
    protected override NodeOptions Options => base.Options with { StopTimeoutSeconds = 60 };

    [Test]
    public async Task SecondStop_WithLessTime_ShortensTheFirst()
    {
        var pod = await RunPodAsync();
        await RunAsync(pod, "sh", "-c", "trap '' TERM; while :; do sleep 1000; done");
        var first = Cri.StopPodAsync(pod.Id);
        await Eventually.GetAsync(
            "the first stop is at work", () => Cri.PodAsync(pod.Id),
            status => status.State == PodSandboxState.SandboxNotready);

        await Cri.Runtime.StopPodSandboxAsync(
            new StopPodSandboxRequest { PodSandboxId = pod.Id }, CriCalls.Options(TimeSpan.FromSeconds(20)));

        await first;
    }
}
