using Grpc.Core;

namespace Crisp.Node.Tests.Observation;

/// <summary>StreamPodSandboxes, StreamContainers and StreamImages: the lists, in messages of bounded size.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class ListStreamTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task Pods_AreStreamedAsListed()
    {
        Pod ready = await RunPlainPodAsync();
        Pod stopped = await RunPlainPodAsync();
        await Cri.StopPodAsync(stopped.Id);

        Assert.That(await PodsAsync(null), Is.EquivalentTo(await Cri.ListPodsAsync()));
        PodSandboxFilter filter = new() { State = new PodSandboxStateValue { State = PodSandboxState.SandboxReady } };
        Assert.That((await PodsAsync(filter)).Select(pod => pod.Id), Is.EqualTo(new[] { ready.Id }));
        Assert.That(await PodsAsync(new PodSandboxFilter { Id = "non-existent-id" }), Is.Empty);
    }

    [Test]
    public async Task Containers_AreStreamedAsListed()
    {
        Pod pod = await RunPlainPodAsync();
        string running = await RunSleeperAsync(pod);
        await CreateAsync(pod, Container(pod, "true").With(container => container.Metadata.Name = "created"));

        Assert.That(await ContainersAsync(null), Is.EquivalentTo(await Cri.ListContainersAsync()));
        ContainerFilter filter = new() { State = new ContainerStateValue { State = ContainerState.ContainerRunning } };
        Assert.That((await ContainersAsync(filter)).Select(container => container.Id), Is.EqualTo(new[] { running }));
        Assert.That(await ContainersAsync(new ContainerFilter { PodSandboxId = "non-existent-id" }), Is.Empty);
    }

    [Test]
    public async Task Images_AreStreamedAsListed()
    {
        Assert.That(await ImagesAsync(null), Is.EquivalentTo(await Cri.ListImagesAsync()));
        Assert.That(await ImagesAsync(Busybox), Has.Count.EqualTo(1));
        Assert.That(await ImagesAsync("registry.invalid/none:1"), Is.Empty);
    }

    [Test]
    public async Task StreamsAbandonedHalfWay_HarmNobody()
    {
        for (int number = 0; number < 3; number++)
        {
            Pod pod = await RunPlainPodAsync(pod => pod.Annotations["large"] = new string('x', 200_000));
            await CreateAsync(pod,
                Container(pod, "true").With(container => container.Annotations["large"] = new string('y', 200_000)));
        }

        await AbandonAsync(Cri.Runtime.StreamPodSandboxes(new StreamPodSandboxesRequest(), CriCalls.Options()));
        await AbandonAsync(Cri.Runtime.StreamContainers(new StreamContainersRequest(), CriCalls.Options()));
        await AbandonAsync(Cri.Runtime.StreamContainerStats(new StreamContainerStatsRequest(), CriCalls.Options()));
        await AbandonAsync(Cri.Runtime.StreamPodSandboxStats(new StreamPodSandboxStatsRequest(), CriCalls.Options()));
        await AbandonAsync(
            Cri.Runtime.StreamPodSandboxMetrics(new StreamPodSandboxMetricsRequest(), CriCalls.Options()));
        await AbandonAsync(Cri.Images.StreamImages(new StreamImagesRequest(), CriCalls.Options()));

        Assert.That(await PodsAsync(null), Has.Count.EqualTo(3));
        Assert.That(await ContainersAsync(null), Has.Count.EqualTo(3));
    }

    /// <summary>Its first message is read, and no other.</summary>
    private static async Task AbandonAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using (call)
            Assert.That(await call.ResponseStream.MoveNext(CancellationToken.None), Is.True);
    }

    [Test]
    public async Task ALongList_ComesInSeveralMessages()
    {
        for (int number = 0; number < 3; number++)
            await RunPlainPodAsync(pod => pod.Annotations["large"] = new string('x', 200_000));
        int messages = 0;
        using var call = Cri.Runtime.StreamPodSandboxes(new StreamPodSandboxesRequest(), CriCalls.Options());
        await foreach (StreamPodSandboxesResponse _ in call.ResponseStream.ReadAllAsync())
            messages++;
        Assert.That(messages, Is.EqualTo(3));
    }

    private async Task<IReadOnlyList<PodSandbox>> PodsAsync(PodSandboxFilter? filter)
    {
        List<PodSandbox> pods = [];
        using var call = Cri.Runtime.StreamPodSandboxes(
            new StreamPodSandboxesRequest { Filter = filter }, CriCalls.Options());
        await foreach (StreamPodSandboxesResponse chunk in call.ResponseStream.ReadAllAsync())
            pods.AddRange(chunk.PodSandboxes);
        return pods;
    }

    private async Task<IReadOnlyList<Container>> ContainersAsync(ContainerFilter? filter)
    {
        List<Container> containers = [];
        using var call = Cri.Runtime.StreamContainers(
            new StreamContainersRequest { Filter = filter }, CriCalls.Options());
        await foreach (StreamContainersResponse chunk in call.ResponseStream.ReadAllAsync())
            containers.AddRange(chunk.Containers);
        return containers;
    }

    private async Task<IReadOnlyList<Image>> ImagesAsync(string? name)
    {
        List<Image> images = [];
        StreamImagesRequest request =
            new() { Filter = name is null ? null : new ImageFilter { Image = new ImageSpec { Image = name } } };
        using var call = Cri.Images.StreamImages(request, CriCalls.Options());
        await foreach (StreamImagesResponse chunk in call.ResponseStream.ReadAllAsync())
            images.AddRange(chunk.Images);
        return images;
    }
}
