using Crisp.Cni;
using Crisp.Cri;
using Crisp.Daemon.Configuration;
using Crisp.Images;
using Crisp.Linux;
using Crisp.Pods;
using Crisp.Streaming;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Hosting;

/// <summary>
/// The object graph, wired by hand: it is small, every lifetime is the process's, and what is not needed costs nothing.
/// Opening it is the recovery: when it is there, all pods and containers of former daemons are known.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly EventLoop _loop;
    private readonly ImageStore _images;
    private readonly PodRuntime _pods;

    private Node(EventLoop loop, ImageStore images, PodRuntime pods, CniNetworks networks, ObservedReadiness readiness)
    {
        _loop = loop;
        _images = images;
        _pods = pods;
        Networks = networks;
        Readiness = readiness;
    }

    public CniNetworks Networks { get; }

    public ObservedReadiness Readiness { get; }

    public IReadOnlyList<HandlerFeatures> Handlers => _pods.Handlers;

    public static async Task<Node> OpenAsync(
        CrispConfiguration configuration,
        RuntimeHandlers handlers, string monitor, ILoggerFactory loggers, TimeProvider time)
    {
        var loop = EventLoop.Start();
        var programs = new ProgramRunner(loop, time);

        PodRuntime? pods = null;
        var images = await ImageStore.OpenAsync(
            SubsystemOptions.Images(configuration, id => pods?.UserOf(id)), loggers, time, CancellationToken.None);

        var cniOptions = SubsystemOptions.Cni(configuration);
        var cni = new CniClient(cniOptions, programs);
        var networks = new CniNetworks(cniOptions, cni, loggers.CreateLogger<CniNetworks>());

        pods = await PodRuntime.OpenAsync(
            SubsystemOptions.Pods(configuration, handlers, monitor),
            new PodsDependencies
            {
                Images = images,
                Networks = networks,
                Cni = cni,
                Loop = loop,
                Programs = programs,
                Loggers = loggers,
                Time = time,
            },
            CancellationToken.None);
        return new Node(loop, images, pods, networks, new ObservedReadiness(networks, time));
    }

    /// <summary>Follows the keys that can change while the daemon runs.</summary>
    public Task ReconfigureAsync(CrispConfiguration configuration, SecurityOptions security)
    {
        _pods.Use(security);
        _pods.Cdi.Use(configuration.Runtime.CdiDirectories);
        return _images.ReconfigureAsync(configuration.Image.PinnedImages, configuration.Image.InsecureRegistries);
    }

    public StreamTargets StreamTargets => new(_pods.Pods, _pods.Containers);

    public CriDependencies ForCri(NodeFacts facts, IStreamUrls streams, ILoggerFactory loggers, TimeProvider time) =>
        new()
    {
        Streams = streams,
        Pods = _pods.Pods,
        Containers = _pods.Containers,
        Stats = _pods.Stats,
        PodStats = _pods.PodStats,
        PodMetrics = _pods.PodMetrics,
        Events = _pods.Events,
        Checkpoints = _pods.Checkpoints,
        Images = _images,
        Node = facts,
        Loggers = loggers,
        Time = time,
    };

    /// <summary>Leaves the containers to their monitors, and everything on disk as a successor needs it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _pods.DisposeAsync();
        await _images.DisposeAsync();
        _loop.Dispose();
    }
}
