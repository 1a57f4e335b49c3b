using Crisp.Testing.Images;
using Grpc.Core;

namespace Crisp.Node.Tests.Recovery;

/// <summary>
/// kill -9 at any moment of a request: the next daemon finds a whole pod or container or none, and nothing that
/// belongs to nobody.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class KillAnywhereTests(string runtime) : NodeFixture(runtime)
{
    /// <summary>After so many milliseconds; a pod takes about a hundred here, a container less.</summary>
    private static readonly int[] Moments = [0, 2, 5, 10, 20, 30, 45, 60, 80, 100, 130, 160];

    [Test]
    public async Task DuringRunPodSandbox([ValueSource(nameof(Moments))] int milliseconds)
    {
        var config = PodRequest.Of(Node);
        var answered = await KillDuringAsync(Cri.RunPodAsync(config), milliseconds);

        foreach (var pod in await Cri.ListPodsAsync())
        {
            Assert.That(pod.State, Is.EqualTo(PodSandboxState.SandboxReady));
            Assert.That(Node.Network.Leases(), Does.Contain((await Cri.PodAsync(pod.Id)).Network.Ip));
        }

        if ((await Cri.ListPodsAsync()).Count == 0)
            await LeakCheck.AssertNothingIsLeftAsync(Node);
        if (!answered) // then kubelet asks again
            Assert.That(await Cri.RunPodAsync(config), Is.EqualTo((await Cri.ListPodsAsync()).Single().Id));
        Assert.That(await Cri.ListPodsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task DuringCreateAndStart([ValueSource(nameof(Moments))] int milliseconds)
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "sleep", "1000");
        await KillDuringAsync(RunAsync(pod, container), milliseconds);

        foreach (var left in await Cri.ListContainersAsync())
        {
            Assert.That(
                left.State, Is.EqualTo(ContainerState.ContainerCreated).Or.EqualTo(ContainerState.ContainerRunning));
            if (left.State == ContainerState.ContainerRunning)
                Assert.That(await Cri.OutputAsync(left.Id, "echo", "alive"), Is.EqualTo("alive"));
            await Cri.StopAsync(left.Id, 0);
            await Cri.RemoveAsync(left.Id);
        }

        await RunSleeperAsync(pod); // the name is free
    }

    [Test]
    public async Task DuringStopAndRemove([ValueSource(nameof(Moments))] int milliseconds)
    {
        var pod = await RunPodAsync();
        await RunSleeperAsync(pod);
        await KillDuringAsync(RemoveAsync(pod), milliseconds);

        await RemoveAsync(pod);

        Assert.That(await Cri.ListPodsAsync(), Is.Empty);
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    [Test]
    public async Task DuringPullImage([Values(0, 5, 15, 30, 60, 100)] int milliseconds)
    {
        var noise = new byte[2 << 20];
        new Random(milliseconds).NextBytes(noise);
        var image = TestImage.Oci(
            new TestImageConfig(), StandardImages.BaseLayer, new TestLayer().File("noise", noise).Gzip());
        var name = await NodeRun.Registry.Client.PushAsync(image, "test/killed", $"at-{milliseconds}");
        await KillDuringAsync(Cri.PullAsync(name), milliseconds);

        Assert.That(await Cri.PullAsync(name), Is.EqualTo(image.Id));
        var pod = await RunPlainPodAsync();
        Assert.That(
            await PrintedAsync(pod, ContainerRequest.Of(pod.Config, name, "stat", "-c", "%s", "/noise")),
            Is.EqualTo($"{noise.Length}"));
        await Cri.RemoveImageAsync(name);
    }

    private async Task RemoveAsync(Pod pod)
    {
        await Cri.StopPodAsync(pod.Id);
        await Cri.RemovePodAsync(pod.Id);
    }

    /// <summary>Whether the call was answered before the daemon died.</summary>
    private async Task<bool> KillDuringAsync(Task call, int milliseconds)
    {
        var answered = true;
        var moment = TimeSpan.FromMilliseconds(milliseconds);
        await Task.WhenAny(call, Task.Delay(moment)); // the moment is the test's input, not a wait for something
        await Node.KillDaemonAsync();
        try
        {
            await call;
        }
        catch (RpcException)
        {
            answered = false;
        }

        await Node.StartDaemonAsync();
        return answered;
    }
}
