namespace Crisp.Pods.Events;

/// <summary>One change, with the pod as it was right after.</summary>
public sealed record ContainerEvent
{
    /// <summary>The container, or the pod.</summary>
    public required string Id { get; init; }

    public required ContainerEventKind Kind { get; init; }

    /// <summary>Nanoseconds since 1970, UTC; never less than that of the event before.</summary>
    public required long TimestampNanos { get; init; }

    public required PodSnapshot Pod { get; init; }

    /// <summary>All containers of the pod; one that was deleted is not among them any more.</summary>
    public required IReadOnlyList<ContainerSnapshot> Containers { get; init; }
}
