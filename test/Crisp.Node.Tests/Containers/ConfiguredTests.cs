using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>What an administrator bounds for all containers: host paths that are made, and the size of logs.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class ConfiguredTests(string runtime) : NodeFixture(runtime)
{
    private static string Absent => Path.Combine(NodeRun.Slot.Directory, "node", "absent");

    protected override NodeOptions Options => base.Options with
    {
        RuntimeSettings = $"""
            absent_mount_sources_to_reject = ["{Absent}"]
            log_size_max = 8192
            """,
    };

    [Test]
    public async Task AbsentHostPath_ThatIsNotToBeMade_IsRefusedByName_AndOthersAreMade()
    {
        var pod = await RunPlainPodAsync();
        ContainerConfig Of(string host) => Container(pod, "ls", "/volume").With(config =>
            config.Mounts.Add(new Mount { HostPath = host, ContainerPath = "/volume" }));

        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => CreateAsync(pod, Of(Absent)), Absent,
            "absent_mount_sources_to_reject");

        Assert.That(Path.Exists(Absent), Is.False);
        Assert.That(await PrintedAsync(pod, Of($"{Absent}-not")), Is.Empty);
        Assert.That(Directory.Exists($"{Absent}-not"));
    }

    [Test]
    public async Task Log_IsNeverLargerThanConfigured_AndHoldsTheLatest()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, "sh", "-c", "i=0; while [ $i -lt 1000 ]; do i=$((i+1)); echo line $i; done");

        var status = await Cri.ExitedAsync(id);

        Assert.That(new FileInfo(status.LogPath).Length, Is.InRange(1, 8192));
        Assert.That((await Cri.LogAsync(id)).Contents("stdout").Last(), Is.EqualTo("line 1000"));
    }
}
