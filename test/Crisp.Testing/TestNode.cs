using Crisp.Grpc.Client;
using Crisp.Testing.Cri;
using Grpc.Core;

namespace Crisp.Testing;

/// <summary>
/// One node: a directory for all its state, a configuration, a CNI network of its own and the published daemon,
/// which a test may stop, kill and start again.
/// </summary>
public sealed class TestNode : IAsyncDisposable
{
    private readonly NodeOptions _options;
    private readonly UnixSocketChannel _channel;

    private TestNode(NodeSlot slot, NodeOptions options)
    {
        Slot = slot;
        _options = options;
        Network = new NodeNetwork(slot);
        _channel = new UnixSocketChannel(SocketPath);
        Cri = new CriCalls(_channel.CreateCallInvoker());
    }

    public NodeSlot Slot { get; }

    public string Prefix => Slot.Prefix;

    public string Directory => Path.Combine(Slot.Directory, "node");

    /// <summary>What survives a reboot.</summary>
    public string StateRoot => Path.Combine(Directory, "lib");

    /// <summary>What a reboot takes away.</summary>
    public string RunRoot => Path.Combine(Directory, "run");

    public string NetNsDirectory => Path.Combine(Directory, "netns");

    public string PodLogs => Path.Combine(Directory, "log", "pods");

    public string SocketPath => Path.Combine(Directory, "crisp.sock");

    public string ConfigurationPath => Path.Combine(Directory, "crisp.conf");

    public string Runtime => _options.Runtime;

    public NodeNetwork Network { get; }

    public CriCalls Cri { get; }

    /// <summary>The daemon that runs now, or ran last.</summary>
    public DaemonProcess Daemon { get; private set; } = null!;

    public static async Task<TestNode> StartAsync(NodeSlot slot, NodeOptions options)
    {
        TestNode node = await PrepareAsync(slot, options);
        await node.StartDaemonAsync();
        return node;
    }

    /// <summary>Everything but a daemon that runs.</summary>
    public static async Task<TestNode> PrepareAsync(NodeSlot slot, NodeOptions options)
    {
        await Leftovers.ClearAsync(slot);
        TestNode node = new(slot, options);
        System.IO.Directory.CreateDirectory(node.PodLogs);
        System.IO.Directory.CreateDirectory(node.StateRoot);
        if (options.StateSizeMegabytes > 0)
            await Command.OutputAsync(
                "mount", "-t", "tmpfs", "-o", $"size={options.StateSizeMegabytes}m", "none", node.StateRoot);
        await node.Network.ConfigureAsync();
        await File.WriteAllTextAsync(node.ConfigurationPath, node.Configuration());
        return node;
    }

    public async Task StartDaemonAsync() =>
        Daemon = await DaemonProcess.StartAsync(ConfigurationPath, Directory, _options.DaemonWrapper);

    /// <summary>SIGKILL, as by the OOM killer.</summary>
    public Task KillDaemonAsync() => Daemon.KillAsync();

    /// <summary>SIGTERM, and wait.</summary>
    public Task StopDaemonAsync() => Daemon.StopAsync();

    public async Task RestartDaemonAsync()
    {
        await StopDaemonAsync();
        await StartDaemonAsync();
    }

    /// <summary>
    /// The daemon's log with all that it has said up to now: its lines are read a moment after they were written, so a
    /// call that leaves a line of its own is made, and that line is waited for.
    /// </summary>
    public async Task<DaemonLog> LogUpToNowAsync()
    {
        string mark = $"mark-{Guid.NewGuid():n}";
        try
        {
            await Cri.PodAsync(mark);
        }
        catch (RpcException answer) when (answer.StatusCode == StatusCode.NotFound)
        {
            // It is nobody's ID.
        }

        await Daemon.Log.SaysAsync(mark);
        return Daemon.Log;
    }

    /// <summary>Takes every pod away through CRI, as `kubectl drain` would.</summary>
    public async Task RemoveAllPodsAsync()
    {
        foreach (global::Runtime.V1.PodSandbox pod in await Cri.ListPodsAsync())
        {
            await Cri.StopPodAsync(pod.Id);
            await Cri.RemovePodAsync(pod.Id);
        }
    }

    /// <summary>
    /// Stops the daemon and says what of this node is still there, its files apart from its own records.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        if (Daemon is { HasEnded: false })
            await Daemon.StopAsync();
        await Leftovers.ClearAsync(Slot);
    }

    private string Configuration() => $"""
        [crio]
        log_dir = "{Directory}/log/own"

        [crio.api]
        listen = "{SocketPath}"
        {_options.ApiSettings}

        [crio.runtime]
        default_runtime = "{Runtime}"
        cgroup_manager = "cgroupfs"
        log_level = "debug"
        ctr_stop_timeout = {_options.StopTimeoutSeconds}
        {_options.RuntimeSettings}

        [crio.runtime.runtimes.crun]
        runtime_path = "/usr/bin/crun"
        {_options.HandlerSettings}

        [crio.runtime.runtimes.runc]
        runtime_path = "/usr/sbin/runc"
        {_options.HandlerSettings}

        [crio.image]
        insecure_registries = [{string.Join(", ", _options.InsecureRegistries.Select(registry => $"\"{registry}\""))}]
        {_options.ImageSettings}

        [crio.network]
        network_dir = "{Network.ConfigurationDirectory}"
        plugin_dirs = ["{Network.PluginDirectory}", "/usr/lib/cni"]

        [crisp]
        root = "{StateRoot}"
        run_root = "{RunRoot}"
        netns_dir = "{NetNsDirectory}"
        {_options.HouseSettings}

        {_options.MoreSettings}
        """;
}
