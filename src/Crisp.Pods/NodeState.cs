using Crisp.Pods.Events;
using Crisp.Pods.Identity;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;
using Microsoft.Extensions.Logging;

namespace Crisp.Pods;

/// <summary>
/// What all verbs work on: the pods and containers of this node, their names, and where they are on disk.
/// </summary>
internal sealed class NodeState(PodsOptions options, TimeProvider time, string bootId, ILogger log)
{
    internal PodsOptions Options => options;

    internal StateLayout Layout { get; } = new(options);

    internal TimeProvider Time => time;

    /// <summary>Of the boot that this daemon runs in.</summary>
    internal string BootId => bootId;

    internal ILogger Log => log;

    internal ObjectIndex<Pod> Pods { get; } = new("pod sandbox");

    internal ObjectIndex<Container> Containers { get; } = new("container");

    internal NameReservations PodNames { get; } = new(log);

    internal NameReservations ContainerNames { get; } = new(log);

    internal ContainerEvents Events { get; } = new(time);

    internal long NowNanos => Nanoseconds.Of(time.GetUtcNow());

    /// <summary>Those that callers can see, and the inits of pods.</summary>
    internal IEnumerable<Container> AllContainers =>
        Containers.All.Concat(Pods.All.Select(pod => pod.Init).OfType<Container>());

    /// <summary>A pod whose init has ended is not ready any more.</summary>
    internal void FailPodOf(Container ended)
    {
        if (ended.IsPodInit && Pods.Find(ended.Record.PodId) is { } pod)
            PodFailure.Record(pod);
    }

    /// <summary>Tells whoever listens what became of a container; a pod's init is told of as its pod.</summary>
    internal void Tell(ContainerEventKind kind, Container container)
    {
        if (!container.IsPodInit && Pods.Find(container.Record.PodId) is { } pod)
            Tell(kind, container.Id, pod);
    }

    /// <summary>The same of a pod.</summary>
    internal void Tell(ContainerEventKind kind, Pod pod) => Tell(kind, pod.Id, pod);

    private void Tell(ContainerEventKind kind, string id, Pod pod)
    {
        log.Happened(kind.ToString().ToUpperInvariant(), id);
        Events.Publish(kind, id, pod, () => SnapshotsOf(pod));
    }

    /// <summary>
    /// A program can end before the runtime has said that it started: that it started is told first all the same.
    /// </summary>
    internal void TellStopped(Container ended)
    {
        if (ended.Record.StartedAtNanos != 0 && ended.Record.Reason != ExitReasons.StartError)
            TellStarted(ended);
        Tell(ContainerEventKind.Stopped, ended);
    }

    internal void TellStarted(Container container)
    {
        if (container.TryTellStarted())
            Tell(ContainerEventKind.Started, container);
    }

    private IReadOnlyList<ContainerSnapshot> SnapshotsOf(Pod pod) =>
        [.. ContainersOf(pod).Select(container => container.Snapshot)];

    /// <summary>The containers of a pod that callers can see.</summary>
    internal IEnumerable<Container> ContainersOf(Pod pod) =>
        Containers.All.Where(container => container.Record.PodId == pod.Id);
}
