namespace Crisp.Pods;

/// <summary>The states of a container that CRI knows, in the order in which they follow each other.</summary>
public enum ContainerPhase
{
    /// <summary>The OCI runtime's <c>create</c> is done; the user's program has not run.</summary>
    Created,

    /// <summary>The user's program runs.</summary>
    Running,

    /// <summary>The exit is on record.</summary>
    Exited,
}
