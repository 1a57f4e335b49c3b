using System.Globalization;
using Crisp.Testing.Logs;
using Grpc.Core;

namespace Crisp.Node.Tests.Checkpoints;

/// <summary>
/// The criu of the machine, where there is one and its kernel suits it: what counted counts on. On other machines the
/// same calls are refused in criu's own words, and nothing stops.
/// </summary>
[TestFixture("runc")]
public class RealCriuTests(string runtime) : NodeFixture(runtime)
{
    private const string Count =
        "echo kept > /kept; i=0; while :; do echo count $i; i=$((i+1)); echo $i > /count; sleep 0.2; done";

    private static string Target => Path.Combine(NodeRun.Slot.Directory, "real-checkpoints");

    [SetUp]
    public void MakeTarget() => Directory.CreateDirectory(Target);

    [TearDown]
    public void RemoveTarget() => Directory.Delete(Target, recursive: true);

    [Test]
    public async Task Pod_CountsOnInAnotherPod_OrIsRefused()
    {
        var pod = await RunPodAsync(config => config.Hostname = "first-name");
        var original = await RunCounterAsync(pod, "first");
        await RunCounterAsync(pod, "second");
        Task CheckpointAsync() => Cri.Runtime.CheckpointPodAsync(
            new CheckpointPodRequest { PodSandboxId = pod.Id, OutputPath = Target }, CriCalls.Options()).ResponseAsync;
        if (!await CriuWorksAsync())
        {
            await Refused.WithAsync(StatusCode.FailedPrecondition, CheckpointAsync, "criu");
            await CountsFromAsync(original, await CountOfAsync(original) + 1);
            return;
        }

        await CheckpointAsync();
        var counted = await CountOfAsync(original);
        await CountsFromAsync(original, counted + 1);
        var config = PodRequest.Of(Node).With(config => config.Hostname = "second-name");
        var restored = await Cri.Runtime.RestorePodAsync(
            new RestorePodRequest
            {
                CheckpointPath = Target, Config = config, RuntimeHandler = "",
                ContainerConfigs = { Counter(config, "first"), Counter(config, "second") },
            },
            CriCalls.Options());
        foreach (var container in restored.RestoredContainers)
        {
            var id = container.ContainerId;
            await Cri.StartAsync(id);
            await CountsFromAsync(id, 3);
            Assert.That(FirstCount(await Cri.LogAsync(id)), Is.GreaterThan(0), "it does not begin again");
            Assert.That(await Cri.OutputAsync(id, "cat", "/kept", "/proc/sys/kernel/hostname"),
                Is.EqualTo("kept\nsecond-name"));
            Assert.That(SlotCgroups.OfContainers(Node.Slot), Has.Some.Contains(id), "it is in a cgroup of its own");
            Assert.That(await File.ReadAllTextAsync($"/proc/{await Cri.PidAsync(id)}/cgroup"), Does.Contain(id));
        }
    }

    private async Task<string> RunCounterAsync(Pod pod, string name)
    {
        var id = await RunAsync(pod, Counter(pod.Config, name));
        await CountsFromAsync(id, 3);
        return id;
    }

    private static ContainerConfig Counter(PodSandboxConfig pod, string name) =>
        ContainerRequest.Named(pod, name, Busybox, "sh", "-c", Count).With(
            container => container.LogPath = $"{name}/0.log");

    private async Task CountsFromAsync(string id, int count) =>
        await (await Cri.LogAsync(id)).WaitForAsync(line => CountIn(line) >= count);

    private async Task<int> CountOfAsync(string id) =>
        (await Cri.LogAsync(id)).Read().Select(CountIn).Max();

    private static int FirstCount(LogFile log) => log.Read().Select(CountIn).First(count => count >= 0);

    private static int CountIn(LogLine line) => line.Content.StartsWith("count ", StringComparison.Ordinal)
        ? int.Parse(line.Content["count ".Length..], CultureInfo.InvariantCulture)
        : -1;

    private static async Task<bool> CriuWorksAsync() =>
        File.Exists("/usr/sbin/criu") && (await Command.RunAsync("/usr/sbin/criu", ["check"])).ExitCode == 0;
}
