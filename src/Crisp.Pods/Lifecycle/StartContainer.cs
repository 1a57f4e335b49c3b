using Crisp.Errors;
using Crisp.Pods.Checkpoints;
using Crisp.Pods.Records;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// StartContainer: the intention is put on record, the runtime's start is called, and its answer is put on record. A
/// container that cannot be started has ended, with the runtime's words for whoever asks for its status.
/// </summary>
internal sealed class StartContainer(
    NodeState node, RuntimeHandlers handlers, IContainerProcesses processes, RestoreProcesses restores)
{
    internal Task StartAsync(string idOrPrefix, CancellationToken patience)
    {
        var container = node.Containers.Get(idOrPrefix);
        RequireReadyPod(container);
        return container.Starting.RunAsync(() => StartOnceAsync(container), patience);
    }

    internal async Task StartOnceAsync(Container container)
    {
        container.Change(record => record.ToStarting(node.NowNanos));
        try
        {
            if (container.Record.IsRestored)
                await restores.RestoreAsync(container).ConfigureAwait(false);
            else
                await handlers.Of(container).StartAsync(container.Id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) // whatever it was, a container is never left half started
        {
            await RecordFailureAsync(container, error).ConfigureAwait(false);
            throw;
        }

        container.Accept(record => record.ToRunning());
        if (container.Record.IsRestored)
            restores.ForgetCheckpoint(container);
        node.TellStarted(container);
    }

    private async Task RecordFailureAsync(Container container, Exception error)
    {
        var end = ContainerEnd.NotStarted(error.Message, node.NowNanos);
        container.Accept(record => record.ToExited(end));
        using var bound = new CancellationTokenSource(node.Options.KillTimeout, node.Time);
        await processes.KillAllAsync(container, bound.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void RequireReadyPod(Container container)
    {
        if (node.Pods.Find(container.Record.PodId)?.Record.Stage != PodStage.Ready)
            throw new CrispException(ErrorKind.FailedPrecondition,
                $"pod sandbox {container.Record.PodId} is not ready; container {container.Id} cannot be started in it");
    }
}
