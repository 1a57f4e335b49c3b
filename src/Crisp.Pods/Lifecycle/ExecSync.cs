using Crisp.Bundle;
using Crisp.Errors;
using Crisp.OciRuntime;
using Crisp.OciSpec.Runtime;

namespace Crisp.Pods.Lifecycle;

/// <summary>ExecSync: a command as the container's own user, to its end. The hottest path of a node with exec probes.</summary>
internal sealed class ExecSync(NodeState node, RuntimeHandlers handlers)
{
    internal async Task<ExecSyncResult> RunAsync(
        string idOrPrefix, IReadOnlyList<string> command, TimeSpan? timeout, CancellationToken cancellation)
    {
        Container container = node.Containers.Get(idOrPrefix);
        if (container.Snapshot.Phase != ContainerPhase.Running)
            throw new CrispException(ErrorKind.FailedPrecondition, $"container {container.Id} is not running, so no command can be run in it");
        Process process = ExecProcess.Build(BundleWriter.ReadSpec(container).Process!, command, terminal: false); // the builder always fills it
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
}
