namespace Crisp.Node.Tests.Observation;

/// <summary>A node on which events are switched off (enable_pod_events = false).</summary>
[TestFixture("runc")]
public class NoEventTests(string runtime) : NodeFixture(runtime)
{
    protected override NodeOptions Options => base.Options with { RuntimeSettings = "enable_pod_events = false" };

    [Test]
    public async Task Stream_EndsAtOnce()
    {
        using var call = Cri.Runtime.GetContainerEvents(new GetEventsRequest(), CriCalls.Options());
        Assert.That(await call.ResponseStream.MoveNext(CancellationToken.None), Is.False);
    }
}
