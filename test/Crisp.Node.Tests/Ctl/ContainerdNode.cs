using System.Diagnostics;
using Crisp.Testing.Images;
using Crisp.Testing.Registries;

namespace Crisp.Node.Tests.Ctl;

/// <summary>Debian's containerd, unpacked and not installed, with all that is its own in a slot's directory.</summary>
public sealed class ContainerdNode : IAsyncDisposable
{
    private readonly Process _process;

    private ContainerdNode(Process process, string directory)
    {
        _process = process;
        Directory = directory;
    }

    public string Directory { get; }

    public string SocketPath => Path.Combine(Directory, "containerd.sock");

    public static async Task<ContainerdNode> StartAsync(NodeSlot slot, TestRegistry registry)
    {
        var directory = System.IO.Directory.CreateDirectory(Path.Combine(slot.Directory, "node")).FullName;
        var pause = await registry.Client.PushAsync(
            TestImage.Oci(new TestImageConfig { Cmd = ["sleep", "100000"] }, StandardImages.BaseLayer), "test/pause",
            "1");
        var configuration = Path.Combine(directory, "containerd.toml");
        var network = new NodeNetwork(slot);
        await network.ConfigureAsync();
        await File.WriteAllTextAsync(configuration, Configuration(directory, pause, network.ConfigurationDirectory));

        var program = await Repository.PackageFileAsync("containerd", "usr/bin/containerd");
        var start = new ProcessStartInfo(program, ["--config", configuration])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(program)}:{Environment.GetEnvironmentVariable("PATH")}";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();

        var node = new ContainerdNode(process, directory);
        var crispctl = new CrispctlStory(node.SocketPath, directory, "", "");
        await Eventually.GetAsync(
            "containerd answers", () => crispctl.RunAsync("version"), answer => answer.ExitCode == 0);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Without CAP_SYS_RESOURCE nobody may lower an oom_score_adj, which containerd does for its pause containers.
    private static string Configuration(string directory, string pause, string networks) => $$"""
        version = 2
        root = "{{directory}}/lib"
        state = "{{directory}}/run"
        [grpc]
        address = "{{directory}}/containerd.sock"
        [ttrpc]
        address = "{{directory}}/ttrpc.sock"
        [plugins."io.containerd.grpc.v1.cri"]
        sandbox_image = "{{pause}}"
        restrict_oom_score_adj = true
        [plugins."io.containerd.grpc.v1.cri".cni]
        bin_dir = "/usr/lib/cni"
        conf_dir = "{{networks}}"
        """;
}
