using Crisp.Testing;

namespace Crisp.Bench.Peers;

/// <summary>crisp as `make publish` made it, with one of the OCI runtimes.</summary>
public sealed class CrispPeer(string directory, string runtime, string runtimePath, string cniConfigurations)
    : Peer($"crisp+{runtime}", directory)
{
    private Daemon? daemon;

    public override int Pid => daemon!.Pid;

    public override string ContainerProcessName => "crisp-monitor";

    protected override async Task StartDaemonAsync()
    {
        var configuration = Path.Combine(Directory, "crisp.conf");
        await File.WriteAllTextAsync(configuration, $"""
            [crio.api]
            listen = "{Socket}"
            [crio.runtime]
            default_runtime = "{runtime}"
            cgroup_manager = "cgroupfs"
            [crio.runtime.runtimes.{runtime}]
            runtime_path = "{runtimePath}"
            [crio.network]
            network_dir = "{cniConfigurations}"
            plugin_dirs = ["/usr/lib/cni"]
            [crisp]
            root = "{Directory}/lib"
            run_root = "{Directory}/run"
            netns_dir = "{Directory}/netns"
            """);
        daemon = await Daemon.StartAsync(
            Repository.Published("crisp"),
            $"serve --config {configuration}",
            Path.Combine(Directory, "log"),
            Socket);
    }

    protected override async Task StopDaemonAsync()
    {
        if (daemon is not null)
            await daemon.DisposeAsync();
    }
}
