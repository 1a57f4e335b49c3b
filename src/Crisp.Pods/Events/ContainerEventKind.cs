namespace Crisp.Pods.Events;

/// <summary>What became of a container, or of a pod, which CRI tells of as if it were one.</summary>
public enum ContainerEventKind
{
    Created,
    Started,
    Stopped,
    Deleted,
}
