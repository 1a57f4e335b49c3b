using Crisp.Bundle;
using Crisp.Errors;
using Crisp.OciRuntime;
using Crisp.OciSpec.Runtime;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// ExecSync: a command as the container's own user, to its end. The hottest path of a node with exec probes.
/// </summary>
internal sealed class ExecSync(NodeState node, RuntimeHandlers handlers)
{
    internal async Task<ExecSyncResult> RunAsync(
        string idOrPrefix, IReadOnlyList<string> command, TimeSpan? timeout, CancellationToken cancellation)
    {
        Container container = Running(node, idOrPrefix);
        Process process = ProcessOf(container, command, terminal: false);
        ExecResult result = await handlers.Of(container)
            .ExecSyncAsync(container.Id, process, timeout, cancellation).ConfigureAwait(false);
        return new ExecSyncResult
        {
            Stdout = result.Stdout,
            Stderr = result.Stderr,
            ExitCode = result.ExitCode,
            Truncated = result.Truncated,
        };
    }

    /// <summary>One whose namespaces are there; as with cri-o its program need not have been started yet.</summary>
    internal static Container Running(NodeState node, string idOrPrefix)
    {
        Container container = node.Containers.Get(idOrPrefix);
        return container.Snapshot.Phase is ContainerPhase.Created or ContainerPhase.Running
            ? container
            : throw new CrispException(ErrorKind.FailedPrecondition,
                $"container {container.Id} is not running, so no command can be run in it");
    }

    internal static Process ProcessOf(Container container, IReadOnlyList<string> command, bool terminal) =>
        ExecProcess.Build(container.Process, command, terminal);
}
