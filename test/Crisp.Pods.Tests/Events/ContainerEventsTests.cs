using Crisp.Errors;
using Crisp.Pods.Events;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Events;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ContainerEventsTests : IDisposable
{
    private readonly TemporaryNode _node = new();

    private ContainerEvents Events => _node.State.Events;

    [Test]
    public async Task Listeners_EachHearAllInOrder()
    {
        var pod = _node.WritePod(TemporaryNode.PodRecord(PodStage.Ready));
        await using var first = Events.Listen(CancellationToken.None).GetAsyncEnumerator();
        await using var second = Events.Listen(CancellationToken.None).GetAsyncEnumerator();

        Publish(pod, ContainerEventKind.Created);
        Publish(pod, ContainerEventKind.Started);

        foreach (var listener in (IAsyncEnumerator<ContainerEvent>[])[first, second])
            Assert.That(await TakeAsync(listener, 2),
                Is.EqualTo(new[] { ContainerEventKind.Created, ContainerEventKind.Started }));
    }

    [Test]
    public async Task ListenerThatDoesNotRead_IsCutOffAndKeepsNobodyElseFromHearing()
    {
        var pod = _node.WritePod(TemporaryNode.PodRecord(PodStage.Ready));
        await using var slow = Events.Listen(CancellationToken.None).GetAsyncEnumerator();
        for (var number = 0; number <= ContainerEvents.MostWaiting; number++)
            Publish(pod, ContainerEventKind.Started);
        await using var other = Events.Listen(CancellationToken.None).GetAsyncEnumerator();
        Publish(pod, ContainerEventKind.Stopped);

        Assert.That(await TakeAsync(other, 1), Is.EqualTo(new[] { ContainerEventKind.Stopped }));
        Assert.That(
            await TakeAsync(slow, ContainerEvents.MostWaiting), Has.Length.EqualTo(ContainerEvents.MostWaiting));
        var cut = Assert.ThrowsAsync<CrispException>(async () => await slow.MoveNextAsync());
        Assert.That(cut?.Kind, Is.EqualTo(ErrorKind.ResourceExhausted));
    }

    [Test]
    public void NobodyListens_NothingIsGathered()
    {
        var pod = _node.WritePod(TemporaryNode.PodRecord(PodStage.Ready));
        Assert.That(
            () => Events.Publish(ContainerEventKind.Created,
                pod.Id, pod, () => throw new InvalidOperationException("gathered for nobody")),
            Throws.Nothing);
    }

    [Test]
    public async Task ListenerThatLeaves_IsForgotten()
    {
        var pod = _node.WritePod(TemporaryNode.PodRecord(PodStage.Ready));
        using var leaving = new CancellationTokenSource();
        await using var listener = Events.Listen(leaving.Token).GetAsyncEnumerator();
        var waiting = listener.MoveNextAsync();
        await leaving.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(async () => await waiting);

        Assert.That(
            () => Events.Publish(ContainerEventKind.Created,
                pod.Id, pod, () => throw new InvalidOperationException("gathered for nobody")),
            Throws.Nothing);
    }

    public void Dispose() => _node.Dispose();

    private void Publish(Pod pod, ContainerEventKind kind) => Events.Publish(kind, pod.Id, pod, () => []);

    private static async Task<ContainerEventKind[]> TakeAsync(IAsyncEnumerator<ContainerEvent> listener, int count)
    {
        List<ContainerEventKind> kinds = [];
        while (kinds.Count < count && await listener.MoveNextAsync())
            kinds.Add(listener.Current.Kind);
        return [.. kinds];
    }
}
