using Crisp.OciRuntime;

namespace Crisp.Pods.Lifecycle;

/// <summary>Exec: a command as the container's own user, with a client's streams.</summary>
internal sealed class Exec(NodeState node, RuntimeHandlers handlers)
{
    internal Task<int> RunAsync(
        string idOrPrefix,
        IReadOnlyList<string> command, bool terminal, ExecStreams streams, CancellationToken vanished)
    {
        var container = ExecSync.Running(node, idOrPrefix);
        return handlers.Of(container).ExecAsync(
            container.Id, ExecSync.ProcessOf(container, command, terminal), streams, vanished);
    }
}
