using Crisp.Testing.Images;

namespace Crisp.Node.Tests;

/// <summary>The main job, in the order in which kubelet does it.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class MainJobTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task OnePod_FromPullToNothingLeft()
    {
        var imageId = await Cri.PullAsync(Busybox);
        Assert.That(imageId, Is.EqualTo(StandardImages.Busybox.Id));

        var pod = PodRequest.Of(Node);
        var podId = await Cri.RunPodAsync(pod);
        var podStatus = await Cri.PodAsync(podId);
        Assert.Multiple(() =>
        {
            Assert.That(podId, Does.Match("^[0-9a-f]{64}$"));
            Assert.That(podStatus.State, Is.EqualTo(PodSandboxState.SandboxReady));
            Assert.That(Node.Network.Leases(), Does.Contain(podStatus.Network.Ip));
        });

        var id = await Cri.CreateAsync(
            podId, ContainerRequest.Of(
                pod, imageId, "sh", "-c", "echo hello from $HOSTNAME; echo trouble >&2; exec sleep 1000"), pod);
        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerCreated));
        await Cri.StartAsync(id);
        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerRunning));

        var log = await Cri.LogAsync(id);
        Assert.That((await log.WaitForAsync($"hello from {pod.Metadata.Name}")).Stream, Is.EqualTo("stdout"));
        Assert.That((await log.WaitForAsync("trouble")).Stream, Is.EqualTo("stderr"));

        var exec = await Cri.ExecAsync(id, "sh", "-c", "echo inside; exit 3");
        Assert.Multiple(() =>
        {
            Assert.That(exec.Stdout.ToStringUtf8(), Is.EqualTo("inside\n"));
            Assert.That(exec.ExitCode, Is.EqualTo(3));
        });

        var stats = (await Cri.Runtime.ContainerStatsAsync(
            new ContainerStatsRequest { ContainerId = id }, CriCalls.Options())).Stats;
        Assert.That(stats.Memory.WorkingSetBytes.Value, Is.GreaterThan(0));

        await Cri.StopAsync(id, graceSeconds: 0);
        var stopped = await Cri.ContainerAsync(id);
        Assert.Multiple(() =>
        {
            Assert.That(stopped.State, Is.EqualTo(ContainerState.ContainerExited));
            Assert.That(stopped.ExitCode, Is.EqualTo(137));
        });
        await Cri.RemoveAsync(id);
        await Cri.StopPodAsync(podId);
        await Cri.RemovePodAsync(podId);

        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        Assert.That(await Cri.ListPodsAsync(), Is.Empty);
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }
}
