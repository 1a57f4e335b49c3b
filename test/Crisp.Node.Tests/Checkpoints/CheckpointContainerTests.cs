using System.Formats.Tar;
using System.Text.Json;
using Crisp.Testing.Images;
using Grpc.Core;

namespace Crisp.Node.Tests.Checkpoints;

/// <summary>
/// CheckpointContainer: the archive that kubelet asks for, and everything that keeps it from being made.
/// </summary>
[TestFixture("runc")]
public class CheckpointContainerTests(string runtime) : CheckpointFixture(runtime)
{
    [Test]
    public async Task Archive_HoldsWhatKubeletsToolsLookFor_AndTheContainerRunsOn()
    {
        var pod = await RunCheckpointablePodAsync();
        var id = await RunWriterAsync(pod, "remembered");
        var location = Path.Combine(Target, "checkpoint.tar");

        await CheckpointAsync(id, location);

        var entries = await ReadAsync(location);
        Assert.Multiple(async () =>
        {
            Assert.That(entries.Keys, Is.SupersetOf(new[]

                {
                    "config.dump",
                    "spec.dump",
                    "checkpoint/inventory.img",
                    "dump.log",
                    "rootfs-diff.tar",
                    "deleted.files",
                    "io.kubernetes.cri-o.LogPath"
                }));
            Assert.That(entries["checkpoint/inventory.img"], Does.Contain("sleep"), "the process was looked at");
            Assert.That(entries["rootfs-diff.tar"], Does.Contain("state").And.Contain("remembered"));
            Assert.That(entries["deleted.files"], Does.Contain("/data/kept"));
            Assert.That(entries["io.kubernetes.cri-o.LogPath"], Does.Contain("stdout F ready"));
            var config = JsonDocument.Parse(entries["config.dump"]).RootElement;
            Assert.That(config.GetProperty("id").GetString(), Is.EqualTo(id));
            Assert.That(config.GetProperty("rootfsImage").GetString(), Is.EqualTo(Busybox));
            Assert.That(JsonDocument.Parse(entries["spec.dump"])
                .RootElement.GetProperty("process").GetProperty("args")[0].GetString(), Is.EqualTo("sh"));
            Assert.That(File.GetUnixFileMode(location), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(Directory.GetFileSystemEntries(Target), Is.EqualTo(new[] { location }));
            Assert.That(await Cri.OutputAsync(id, "cat", "/state"), Is.EqualTo("remembered"), "the container runs on");
        });
    }

    [Test]
    public async Task ArchiveOfARestoredContainer_IsOfTheImageThatTheFirstWasOf()
    {
        var pod = await RunCheckpointablePodAsync();
        var first = Path.Combine(Target, "first.tar");
        await CheckpointAsync(await RunWriterAsync(pod, "remembered"), first);
        var restored = await RunAsync(pod, ContainerRequest.Named(pod.Config, "restored", first, "sleep", "1000"));
        var second = Path.Combine(Target, "second.tar");

        await CheckpointAsync(restored, second);

        var entries = await ReadAsync(second);
        var config = JsonDocument.Parse(entries["config.dump"]).RootElement;
        Assert.That(config.GetProperty("rootfsImage").GetString(), Is.EqualTo(Busybox));
        Assert.That(config.GetProperty("restored").GetBoolean(), Is.True);
        Assert.That(entries["spec.dump"], Does.Not.Contain("org.criu.config"));
    }

    [Test]
    public async Task CriuCannot_IsSaidInItsWords_BeforeAnythingStops()
    {
        var pod = await RunCheckpointablePodAsync();
        var id = await RunWriterAsync(pod, "on");
        await PlayCriuAsync("echo 'Error (criu/vdso.c:381): vdso: Unexpected rt vDSO area bounds' >&2; exit 1");

        await Refused.WithAsync(
            StatusCode.FailedPrecondition,
            () => CheckpointAsync(id, Path.Combine(Target, "none.tar")), "criu", "Unexpected rt vDSO area bounds");

        Assert.That(Directory.GetFileSystemEntries(Target), Is.Empty);
        Assert.That(await Cri.OutputAsync(id, "cat", "/state"), Is.EqualTo("on"));
    }

    [Test]
    public async Task RuntimeWithoutCheckpoints_IsSaidSo()
    {
        var config = PodRequest.Of(Node).OnNodeNetwork();
        var pod = new Pod(await Cri.RunPodAsync(config, "crun"), config);
        var id = await RunWriterAsync(pod, "on");

        await Refused.WithAsync(
            StatusCode.FailedPrecondition,
            () => CheckpointAsync(id, Path.Combine(Target, "none.tar")), "\"crun\"", "checkpoint");

        Assert.That(await Cri.OutputAsync(id, "cat", "/state"), Is.EqualTo("on"));
    }

    [Test]
    public async Task FailureOfCriu_IsTold_AndTheContainerRunsOn()
    {
        ExpectError("CheckpointContainer");
        var pod = await RunCheckpointablePodAsync();
        var id = await RunWriterAsync(pod, "on");
        await File.WriteAllTextAsync(Path.Combine(Doubles, "runc-with-criu.d/fail"), "a socket that nobody knows");

        var refusal = await Refused.ExpectAsync(() => CheckpointAsync(id, Path.Combine(Target, "none.tar")));

        Assert.That(refusal.Status.Detail, Does.Contain("a socket that nobody knows"));
        Assert.That(Directory.GetFileSystemEntries(Target), Is.Empty);
        Assert.That(await Cri.OutputAsync(id, "cat", "/state"), Is.EqualTo("on"));
    }

    [Test]
    public async Task BadLocations_AreRefused_AndNothingStops()
    {
        var pod = await RunCheckpointablePodAsync();
        var id = await RunWriterAsync(pod, "on");
        var taken = Path.Combine(Target, "taken.tar");
        await File.WriteAllTextAsync(taken, "precious");

        await Refused.WithAsync(StatusCode.AlreadyExists, () => CheckpointAsync(id, taken), taken);
        await Refused.WithAsync(StatusCode.AlreadyExists, () => CheckpointAsync(id, Target), Target);
        await Refused.WithAsync(StatusCode.FailedPrecondition,
            () => CheckpointAsync(id, Path.Combine(Target, "no/such/directory.tar")), "directory.tar");
        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => CheckpointAsync(id, "/proc/none.tar"), "/proc/none.tar");
        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CheckpointAsync(id, "relative.tar"), "location", "relative.tar");
        await Refused.WithAsync(StatusCode.InvalidArgument, () => CheckpointAsync(id, ""), "location");
        await Refused.WithAsync(StatusCode.InvalidArgument,
            () => CheckpointAsync(id, Path.Combine(Target, "x.tar"), timeout: -1), "timeout");
        await Refused.WithAsync(
            StatusCode.NotFound, () => CheckpointAsync("0123456789ab", Path.Combine(Target, "x.tar")), "0123456789ab");

        Assert.That(await File.ReadAllTextAsync(taken), Is.EqualTo("precious"));
        Assert.That(Directory.GetFileSystemEntries(Target), Is.EqualTo(new[] { taken }));
        Assert.That(await Cri.OutputAsync(id, "cat", "/state"), Is.EqualTo("on"));
    }

    [Test]
    public async Task ContainerThatDoesNotRun_IsRefused()
    {
        var pod = await RunCheckpointablePodAsync();
        var id = await RunAsync(pod, "true");
        await Cri.ExitedAsync(id);
        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => CheckpointAsync(id, Path.Combine(Target, "x.tar")), "not running");
    }

    [Test]
    public async Task DaemonKilledMeanwhile_TheNextOneLetsTheContainerRunOn()
    {
        var pod = await RunCheckpointablePodAsync();
        var id = await RunWriterAsync(pod, "on");
        await Node.KillDaemonAsync();
        Directory.CreateDirectory(Path.Combine(Node.StateRoot, "containers", id, "checkpoint"));
        await Command.OutputAsync("/usr/sbin/runc", "--root", Path.Combine(Node.RunRoot, Handler), "pause", id);

        await Node.StartDaemonAsync();

        Assert.That(await Cri.OutputAsync(id, "cat", "/state"), Is.EqualTo("on"));
        Assert.That(Directory.Exists(Path.Combine(Node.StateRoot, "containers", id, "checkpoint")), Is.False);
    }

    [Test]
    public async Task ImageThatSaysItIsACheckpoint_IsNotRestoredUnlessTheConfigurationSaysSo()
    {
        var pod = await RunCheckpointablePodAsync();
        var image = TestImage.Oci(new TestImageConfig(), new TestLayer().File("config.dump", "{}").Gzip())
            .WithAnnotation("org.criu.checkpoint.container.name", "main");
        var name = await NodeRun.Registry.Client.PushAsync(image, "test/untrusted-checkpoint", "1");
        await Cri.PullAsync(name);

        await Refused.WithAsync(
            StatusCode.FailedPrecondition,
            () => CreateAsync(pod, ContainerRequest.Named(pod.Config, "restored", name)), "restore_from_images");

        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(string path)
    {
        Dictionary<string, string> entries = [];
        await using var file = File.OpenRead(path);
        await using var archive = new TarReader(file);
        while (await archive.GetNextEntryAsync() is { } entry)
        {
            using var content = new StreamReader(entry.DataStream ?? Stream.Null);
            entries[entry.Name] = await content.ReadToEndAsync();
        }

        return entries;
    }
}
