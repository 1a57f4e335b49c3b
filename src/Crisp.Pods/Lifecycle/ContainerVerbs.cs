namespace Crisp.Pods.Lifecycle;

/// <summary>What can be done with containers, one verb a file.</summary>
internal sealed record ContainerVerbs
{
    public required CreateContainer Create { get; init; }

    public required StartContainer Start { get; init; }

    public required StopContainer Stop { get; init; }

    public required RemoveContainer Remove { get; init; }

    public required UpdateContainer Update { get; init; }

    public required ReopenContainerLog ReopenLog { get; init; }

    public required ExecSync ExecSync { get; init; }

    public required Exec Exec { get; init; }

    public required AttachContainer Attach { get; init; }
}
