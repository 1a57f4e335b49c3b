using Grpc.Core;

namespace Crisp.Node.Tests.Observation;

/// <summary>GetContainerEvents: what happens is told to every listener, in order, with the pod as it is then.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class EventTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task LifeOfAPodAndItsContainer_IsToldToAllListeners()
    {
        using var first = Listen();
        using var second = Listen();
        await Task.WhenAll(ListensAsync(first), ListensAsync(second));

        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);
        await Cri.StopAsync(id, graceSeconds: 10);
        await Cri.RemoveAsync(id);
        await Cri.StopPodAsync(pod.Id);
        await Cri.RemovePodAsync(pod.Id);

        string[] expected =
        [
            "pod ContainerCreatedEvent", "pod ContainerStartedEvent",
            "container ContainerCreatedEvent", "container ContainerStartedEvent", "container ContainerStoppedEvent",
            "container ContainerDeletedEvent",
            "pod ContainerStoppedEvent", "pod ContainerDeletedEvent",
        ];
        foreach (var listener in (AsyncServerStreamingCall<ContainerEventResponse>[])[first, second])
        {
            var events = await TakeAsync(listener, pod.Id, expected.Length);
            Assert.That(
                events.Select(
                    told => $"{(told.ContainerId == pod.Id ? "pod" : "container")} {told.ContainerEventType}"),
                    Is.EqualTo(expected));
            Assert.That(
                events.Select(told => told.CreatedAt), Is.Ordered.And.All.GreaterThan(1_700_000_000_000_000_000));
            Assert.That(events.Select(told => told.PodSandboxStatus.Metadata), Is.All.EqualTo(pod.Config.Metadata));
            Assert.That(events[3].ContainersStatuses.Single().State, Is.EqualTo(ContainerState.ContainerRunning));
            Assert.That(events[4].ContainersStatuses.Single().State, Is.EqualTo(ContainerState.ContainerExited));
            Assert.That(events[4].PodSandboxStatus.State, Is.EqualTo(PodSandboxState.SandboxReady));
            Assert.That(events[5].ContainersStatuses, Is.Empty);
            Assert.That(events[6].PodSandboxStatus.State, Is.EqualTo(PodSandboxState.SandboxNotready));
        }
    }

    [Test]
    public async Task ProgramThatEndsAtOnce_StartedBeforeItStopped()
    {
        using var listener = Listen();
        await ListensAsync(listener);
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, "sh", "-c", "exit 3");

        var events = await TakeAsync(listener, pod.Id, 5);
        Assert.That(
            events.Where(told => told.ContainerId == id).Select(told => told.ContainerEventType),
            Is.EqualTo(new[]
            {
                ContainerEventType.ContainerCreatedEvent,
                ContainerEventType.ContainerStartedEvent,
                ContainerEventType.ContainerStoppedEvent
            }));
        Assert.That(events[^1].ContainersStatuses.Single().ExitCode, Is.EqualTo(3));
    }

    [Test]
    public async Task ListenerThatDoesNotRead_IsCutOff_AndOthersHearOn()
    {
        using var silent = Listen();
        using var listener = Listen();
        await Task.WhenAll(ListensAsync(silent), ListensAsync(listener));

        var pod = await RunPlainPodAsync(config => config.Annotations["large"] = new string('x', 1_000_000));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var id = await RunAsync(
                pod, Container(pod, "true").With(container => container.Metadata.Attempt = (uint)attempt));
            await Cri.ExitedAsync(id);
        }

        Assert.That(await TakeAsync(listener, pod.Id, 11), Has.Count.EqualTo(11));
        await Node.Daemon.Log.SaysAsync("GetContainerEvents", "has not read its stream");
    }

    [Test]
    public async Task ListenerThatLeaves_IsForgotten()
    {
        using (var leaving = Listen())
            await ListensAsync(leaving);
        var pod = await RunPlainPodAsync();
        Assert.That((await Cri.PodAsync(pod.Id)).State, Is.EqualTo(PodSandboxState.SandboxReady));
    }

    private AsyncServerStreamingCall<ContainerEventResponse> Listen() =>
        Cri.Runtime.GetContainerEvents(new GetEventsRequest(), CriCalls.Options(TimeSpan.FromMinutes(5)));

    /// <summary>
    /// A stream has begun when its first message is there: a pod of no interest is run until it has told of one.
    /// </summary>
    private async Task ListensAsync(AsyncServerStreamingCall<ContainerEventResponse> listener)
    {
        var heard = listener.ResponseStream.MoveNext(CancellationToken.None);
        do
        {
            var pod = await RunPlainPodAsync();
            await Cri.RemovePodAsync(pod.Id);
        }
        while (!heard.IsCompleted);
        Assert.That(await heard, Is.True);
    }

    /// <summary>The next events of one pod and its containers.</summary>
    private static async Task<List<ContainerEventResponse>> TakeAsync(
        AsyncServerStreamingCall<ContainerEventResponse> listener, string podId, int count)
    {
        using var bound = new CancellationTokenSource(Eventually.Patience);
        List<ContainerEventResponse> events = [];
        while (events.Count < count && await listener.ResponseStream.MoveNext(bound.Token))
        {
            if (listener.ResponseStream.Current.PodSandboxStatus.Id == podId)
                events.Add(listener.ResponseStream.Current);
        }

        return events;
    }
}
