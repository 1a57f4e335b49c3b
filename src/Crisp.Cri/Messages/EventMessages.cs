using Crisp.Pods.Events;
using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>
/// Events as CRI tells them; a pod's are told of its ID as if it were a container, as cri-o's sandbox containers are.
/// </summary>
internal static class EventMessages
{
    public static ContainerEventResponse Event(ContainerEvent happened) => new()
    {
        ContainerId = happened.Id,
        ContainerEventType = Type(happened.Kind),
        CreatedAt = happened.TimestampNanos,
        PodSandboxStatus = PodSandboxMessages.Status(happened.Pod),
        ContainersStatuses = { happened.Containers.Select(ContainerMessages.Status) },
    };

    private static ContainerEventType Type(ContainerEventKind kind) => kind switch
    {
        ContainerEventKind.Created => ContainerEventType.ContainerCreatedEvent,
        ContainerEventKind.Started => ContainerEventType.ContainerStartedEvent,
        ContainerEventKind.Stopped => ContainerEventType.ContainerStoppedEvent,
        ContainerEventKind.Deleted => ContainerEventType.ContainerDeletedEvent,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "an event that CRI does not know"),
    };
}
