using Crisp.Testing.Images;

namespace Crisp.Node.Tests.Recovery;

/// <summary>
/// The file system of the state is full: errors that say so, nothing half-made, and work again when there is room.
/// </summary>
[TestFixture("crun")]
public class FullDiskTests(string runtime) : NodeFixture(runtime)
{
    private string Filler => Path.Combine(Node.StateRoot, "filler");

    protected override NodeOptions Options => base.Options with { StateSizeMegabytes = 24 };

    [TearDown]
    public void MakeRoom() => File.Delete(Filler);

    [Test]
    public async Task Pull_ThatDoesNotFit_SaysSo_AndLeavesNothing()
    {
        var noise = new byte[30 << 20];
        new Random(3).NextBytes(noise);
        var image = TestImage.Oci(new TestImageConfig(), new TestLayer().File("noise", noise).Gzip());
        var name = await NodeRun.Registry.Client.PushAsync(image, "test/too-big", "1");
        var before = await UsedAsync();

        var refusal = await Refused.ExpectAsync(() => Cri.PullAsync(name));

        Assert.That(refusal.Status.Detail, Does.Contain("No space left").IgnoreCase);
        Assert.That(await Cri.ImageAsync(name), Is.Null);
        await Eventually.GetAsync("the room is free again", UsedAsync, used => used < before + (1 << 20));
    }

    [Test]
    public async Task PodAndContainer_OnAFullDisk_AreRefused_AndMadeWhenThereIsRoom()
    {
        var pod = await RunPlainPodAsync();
        await FillAsync();

        var podRefusal = await Refused.ExpectAsync(() => RunPlainPodAsync());
        var containerRefusal = await Refused.ExpectAsync(() => CreateAsync(pod, Container(pod, "true")));
        MakeRoom();

        Assert.That(podRefusal.Status.Detail, Does.Contain("No space left").IgnoreCase);
        Assert.That(containerRefusal.Status.Detail, Does.Contain("No space left").IgnoreCase);
        Assert.That(await Cri.ListPodsAsync(), Has.Count.EqualTo(1));
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        await RunSleeperAsync(pod);
    }

    [Test]
    public async Task Exit_OnAFullDisk_IsReportedAllTheSame()
    {
        ExpectError("could not write the exit");
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);
        await FillAsync();
        ExpectError("could not write the exit to disk");

        await Cri.StopAsync(id, 10);

        Assert.That((await Cri.ContainerAsync(id)).State, Is.EqualTo(ContainerState.ContainerExited));
        Assert.That((await Cri.ContainerAsync(id)).ExitCode, Is.Zero);
    }

    [Test]
    public async Task PodAndContainer_AreStoppedAndRemoved_OnAFullDisk()
    {
        ExpectError("could not write the exit");
        var pod = await RunPodAsync();
        var stopped = await RunSleeperAsync(pod);
        await RunSleeperAsync(pod, container => container.Metadata.Name = "running");
        await FillAsync();

        await Cri.StopAsync(stopped, 10);
        await Cri.RemoveAsync(stopped);
        await Cri.StopPodAsync(pod.Id);
        await Cri.RemovePodAsync(pod.Id);

        Assert.That(await Cri.ListPodsAsync(), Is.Empty);
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
    }

    private async Task FillAsync()
    {
        var filled = await Command.RunAsync("dd", "if=/dev/zero", $"of={Filler}", "bs=4k");
        Assert.That(filled.Errors, Does.Contain("No space left"));
    }

    private async Task<long> UsedAsync() =>
        long.Parse((await Command.OutputAsync("df", "--output=used", "-B1", Node.StateRoot)).Split('\n')[1]);
}
