namespace Crisp.Bench.Peers;

/// <summary>
/// Debian's containerd with its CRI plugin, overlayfs and the same runc, CNI configuration and registry.
/// </summary>
public sealed class ContainerdPeer(string directory, string binaries, string cniConfigurations, string pauseImage)
    : Peer("containerd+runc", directory)
{
    private Daemon? daemon;

    public override int Pid => daemon!.Pid;

    public override string ContainerProcessName => "containerd-shim";

    protected override async Task StartDaemonAsync()
    {
        var configuration = Path.Combine(Directory, "config.toml");
        await File.WriteAllTextAsync(configuration, $"""
            version = 2
            root = "{Directory}/root"
            state = "{Directory}/state"
            disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.aufs"]
            [grpc]
              address = "{Socket}"
            [debug]
              level = "warn"
            [plugins."io.containerd.internal.v1.opt"]
              path = "{Directory}/opt"
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "{pauseImage}"
              restrict_oom_score_adj = true
              disable_hugetlb_controller = true
              tolerate_missing_hugetlb_controller = true
              [plugins."io.containerd.grpc.v1.cri".cni]
                bin_dir = "/usr/lib/cni"
                conf_dir = "{cniConfigurations}"
              [plugins."io.containerd.grpc.v1.cri".containerd]
                snapshotter = "overlayfs"
                default_runtime_name = "runc"
                [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                  runtime_type = "io.containerd.runc.v2"
            """);
        daemon = await Daemon.StartAsync(
            Path.Combine(binaries, "containerd"),
            $"--config {configuration}",
            Path.Combine(Directory, "log"),
            Socket,
            $"{binaries}:/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin:/sbin:/bin");
    }

    protected override async Task StopDaemonAsync()
    {
        if (daemon is not null)
            await daemon.DisposeAsync();
    }
}
