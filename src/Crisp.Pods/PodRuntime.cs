using Crisp.Cdi;
using Crisp.Pods.Checkpoints;
using Crisp.Pods.Events;
using Crisp.Pods.Metrics;
using Crisp.Pods.Records;
using Crisp.Pods.Security;
using Crisp.Pods.Stats;

namespace Crisp.Pods;

/// <summary>
/// The pods and containers of this node. Opening it takes up what a former daemon left; disposing it lets go of
/// everything, and the containers run on. The caller sees to it that nobody else works on the same directories.
/// </summary>
public sealed partial class PodRuntime : IAsyncDisposable
{
    /// <summary>How long work that runs may take to end when the daemon stops.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly NodeState _node;
    private readonly RemovedState _removed;
    private readonly SecurityProfileSource _profiles;
    private readonly CancellationTokenSource _shutdown;

    private PodRuntime(
        NodeState node, RemovedState removed,
        IPods pods, IContainers containers, SecurityProfileSource profiles, CancellationTokenSource shutdown)
    {
        _node = node;
        _removed = removed;
        _profiles = profiles;
        _shutdown = shutdown;
        Pods = pods;
        Containers = containers;
        var stats = new ContainerStatsReader(node);
        Stats = stats;
        PodStats = new PodStatsReader(node, stats);
        PodMetrics = new PodMetricsReader(node, stats);
    }

    public IPods Pods { get; }

    public IContainers Containers { get; }

    public IContainerStats Stats { get; }

    public required ICheckpoints Checkpoints { get; init; }

    public IContainerEvents Events => _node.Events;

    public IPodStats PodStats { get; }

    public IPodMetrics PodMetrics { get; }

    public required IReadOnlyList<HandlerFeatures> Handlers { get; init; }

    /// <summary>The container that uses an image, so that it is not removed; null when none does.</summary>
    public string? UserOf(string imageId) =>
        _node.Containers.All.FirstOrDefault(
            container => container.Record.ImageId == imageId
                || container.Record.ImageVolumes?.Contains(imageId) == true)?.Id;

    /// <summary>
    /// Other profiles for the containers that come; those that run keep theirs. SELinux stays as it was.
    /// </summary>
    public void Use(SecurityOptions options) => _profiles.Use(options);

    /// <summary>
    /// The CDI devices, for the containers that come; other directories may take the place of today's.
    /// </summary>
    public required CdiRegistry Cdi { get; init; }

    public async ValueTask DisposeAsync()
    {
        var quiet = Task.WhenAll(_node.PodNames.QuietAsync(), _node.ContainerNames.QuietAsync());
        await quiet.WaitAsync(s_patience, _node.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _removed.DisposeAsync().AsTask().WaitAsync(
            s_patience, _node.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _shutdown.CancelAsync().ConfigureAwait(false);
        foreach (var container in _node.AllContainers)
        {
            if (container.Monitor is { } monitor)
                await monitor.DisposeAsync().ConfigureAwait(false);
        }

        _shutdown.Dispose();
    }
}
