namespace Crisp.Pods.Lifecycle;

/// <summary>The processes of containers, as the kernel knows them.</summary>
internal interface IContainerProcesses
{
    /// <summary>Sends a signal to the first process; one that has ended is no error.</summary>
    void Signal(Container container, int signal);

    /// <summary>Kills whatever is in the container's cgroup, and waits for the end of it.</summary>
    Task KillAllAsync(Container container, CancellationToken cancellation);

    /// <summary>Completes when the first process has ended; at once when it is gone.</summary>
    Task EndedAsync(Container container, CancellationToken cancellation);
}
