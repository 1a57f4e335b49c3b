using Crisp.Errors;
using Crisp.OciRuntime;
using Runtime.V1;

namespace Crisp.Pods;

/// <summary>
/// Containers, as CRI asks for them. IDs may be given as a unique prefix. The token of a changing call is its caller's
/// patience: it ends the wait, never the work.
/// </summary>
public interface IContainers
{
    Task<string> CreateAsync(CreateContainerRequest request, CancellationToken patience);

    Task StartAsync(string idOrPrefix, CancellationToken patience);

    /// <summary>Done when the exit is on record. Unknown or exited already is success.</summary>
    Task StopAsync(string idOrPrefix, TimeSpan grace, CancellationToken patience);

    /// <summary>Kills what still runs. Unknown is success.</summary>
    Task RemoveAsync(string idOrPrefix, CancellationToken patience);

    /// <summary>
    /// Changes the limits that are set, and leaves the others; what is in effect afterwards is in the snapshot.
    /// </summary>
    Task UpdateAsync(string idOrPrefix, LinuxContainerResources resources, CancellationToken patience);

    Task ReopenLogAsync(string idOrPrefix, CancellationToken patience);

    /// <summary>Runs a command to its end; here cancellation kills it. No timeout is no bound.</summary>
    Task<ExecSyncResult> ExecSyncAsync(
        string idOrPrefix, IReadOnlyList<string> command, TimeSpan? timeout, CancellationToken cancellation);

    /// <summary>
    /// Attaches to a running container; FailedPrecondition when it does not run. The container's log is written as
    /// ever. Dispose what is returned.
    /// </summary>
    Task<IAttachedContainer> AttachAsync(string idOrPrefix, AttachStreams wanted, CancellationToken patience);

    /// <summary>
    /// Runs a command with a client's streams; its exit code. A client that vanishes ends the call and not the command:
    /// that loses its streams.
    /// </summary>
    Task<int> ExecAsync(
        string idOrPrefix,
        IReadOnlyList<string> command, bool terminal, ExecStreams streams, CancellationToken vanished);

    /// <summary>
    /// In memory; throws <see cref="ErrorKind.NotFound"/>, or InvalidArgument for an ambiguous prefix.
    /// </summary>
    ContainerSnapshot Get(string idOrPrefix);

    /// <summary>All containers that are made, in no particular order; in memory.</summary>
    IReadOnlyList<ContainerSnapshot> List();
}
