using Crisp.OciRuntime;
using Crisp.Pods.Lifecycle;
using Runtime.V1;

namespace Crisp.Pods;

/// <summary>The verbs of containers: a table of contents, each in a file of its name.</summary>
internal sealed class Containers(NodeState node, ContainerVerbs verbs) : IContainers
{
    public Task<string> CreateAsync(CreateContainerRequest request, CancellationToken patience) =>
        verbs.Create.CreateAsync(request, patience);

    public Task StartAsync(string idOrPrefix, CancellationToken patience) =>
        verbs.Start.StartAsync(idOrPrefix, patience);

    public Task StopAsync(string idOrPrefix, TimeSpan grace, CancellationToken patience) =>
        verbs.Stop.StopAsync(idOrPrefix, grace, patience);

    public Task RemoveAsync(string idOrPrefix, CancellationToken patience) =>
        verbs.Remove.RemoveAsync(idOrPrefix, patience);

    public Task UpdateAsync(string idOrPrefix, LinuxContainerResources resources, CancellationToken patience) =>
        verbs.Update.UpdateAsync(idOrPrefix, resources, patience);

    public Task ReopenLogAsync(string idOrPrefix, CancellationToken patience) =>
        verbs.ReopenLog.ReopenAsync(idOrPrefix, patience);

    public Task<ExecSyncResult> ExecSyncAsync(
        string idOrPrefix, IReadOnlyList<string> command, TimeSpan? timeout, CancellationToken cancellation) =>
        verbs.ExecSync.RunAsync(idOrPrefix, command, timeout, cancellation);

    public Task<IAttachedContainer> AttachAsync(string idOrPrefix, AttachStreams wanted, CancellationToken patience) =>
        verbs.Attach.AttachAsync(idOrPrefix, wanted, patience);

    public Task<int> ExecAsync(
        string idOrPrefix,
        IReadOnlyList<string> command, bool terminal, ExecStreams streams, CancellationToken vanished) =>
        verbs.Exec.RunAsync(idOrPrefix, command, terminal, streams, vanished);

    public ContainerSnapshot Get(string idOrPrefix) => node.Containers.Get(idOrPrefix).Snapshot;

    public IReadOnlyList<ContainerSnapshot> List() => [.. node.Containers.All.Select(container => container.Snapshot)];
}
