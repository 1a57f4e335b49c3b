using Crisp.Errors;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// ReopenContainerLog, after kubelet renamed the log: the monitor goes on in a new file of the old name.
/// </summary>
internal sealed class ReopenContainerLog(NodeState node)
{
    internal async Task ReopenAsync(string idOrPrefix, CancellationToken patience)
    {
        var container = node.Containers.Get(idOrPrefix);
        if (container.Snapshot.Phase != ContainerPhase.Running || container.Monitor is not { } monitor)
            throw NotRunning(container);
        try
        {
            await monitor.ReopenLogAsync(patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!patience.IsCancellationRequested)
        {
            throw NotRunning(container); // it ended while it was asked, and its monitor was let go
        }
    }

    private static CrispException NotRunning(Container container) => new(
        ErrorKind.FailedPrecondition, $"container {container.Id} is not running, so nobody writes its log");
}
