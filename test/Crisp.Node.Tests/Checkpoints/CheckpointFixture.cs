namespace Crisp.Node.Tests.Checkpoints;

/// <summary>
/// A node with a handler that checkpoints: runc with criu played, since few kernels that tests run on are known to
/// criu. What crisp does with it is real: the pauses, the archives, the layers, the mounts, the monitors.
/// </summary>
public abstract class CheckpointFixture(string runtime) : NodeFixture(runtime)
{
    protected const string Handler = "withcriu";

    protected static string Doubles => Path.Combine(NodeRun.Slot.Directory, "doubles");

    /// <summary>A script that is run in each restore, when crisp has looked at everything.</summary>
    protected static string BeforeRestore => Path.Combine(Doubles, "runc-with-criu.d/before-restore");

    /// <summary>Where tests let checkpoints be written.</summary>
    protected static string Target => Path.Combine(NodeRun.Slot.Directory, "checkpoints");

    protected override NodeOptions Options => base.Options with
    {
        HouseSettings = $"criu_path = \"{Doubles}/criu\"",
        MoreSettings = $"[crio.runtime.runtimes.{Handler}]\nruntime_path = \"{Doubles}/runc-with-criu\"",
    };

    protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Path.Combine(Doubles, "runc-with-criu.d"));
        File.Copy(Path.Combine(Repository.Root, "test/doubles/runc-with-criu"),
            Path.Combine(Doubles, "runc-with-criu"), overwrite: true);
        await PlayCriuAsync("exit 0");
    }

    [SetUp]
    public void MakeTarget() => Directory.CreateDirectory(Target);

    [TearDown]
    public async Task ForgetAsync()
    {
        Directory.Delete(Target, recursive: true);
        File.Delete(Path.Combine(Doubles, "runc-with-criu.d/fail"));
        File.Delete(BeforeRestore);
        File.Delete(Path.Combine(Doubles, "runc-with-criu.d/fail-restore"));
        await PlayCriuAsync("exit 0");
    }

    protected static async Task PlayCriuAsync(string script)
    {
        var path = Path.Combine(Doubles, "criu");
        await File.WriteAllTextAsync(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1ed);
    }

    protected async Task<Pod> RunCheckpointablePodAsync()
    {
        var pod = PodRequest.Of(Node).OnNodeNetwork();
        return new Pod(await Cri.RunPodAsync(pod, Handler), pod);
    }

    protected async Task CheckpointAsync(string id, string location, long timeout = 0) =>
        await Cri.Runtime.CheckpointContainerAsync(
            new CheckpointContainerRequest { ContainerId = id, Location = location, Timeout = timeout },
            CriCalls.Options());

    /// <summary>A container that has written a file, deleted one of its image's, and stays.</summary>
    protected async Task<string> RunWriterAsync(Pod pod, string words, string name = "main")
    {
        var id = await RunAsync(pod, Container(
            pod, "sh", "-c", $"echo {words} > /state; rm /data/kept; echo ready; sleep 1000").With(container =>
            {
                container.Metadata.Name = name;
                container.LogPath = $"{name}/0.log";
            }));
        await (await Cri.LogAsync(id)).WaitForAsync("ready");
        return id;
    }
}
