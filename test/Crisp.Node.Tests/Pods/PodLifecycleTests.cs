using Grpc.Core;

namespace Crisp.Node.Tests.Pods;

/// <summary>RunPodSandbox, StopPodSandbox, RemovePodSandbox and what a pod's status says in between.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class PodLifecycleTests(string runtime) : NodeFixture(runtime)
{
    private static readonly string UnknownId = new('7', 64);

    [Test]
    public async Task Status_EchoesWhatWasAsked()
    {
        var pod = await RunPodAsync(config =>
        {
            config.Labels["unicode"] = "žluťoučký kůň";
            config.Annotations["multi"] = "line 1\nline 2\t\"quoted\"";
        });

        var status = await Cri.PodAsync(pod.Id);

        Assert.Multiple(() =>
        {
            Assert.That(status.Id, Is.EqualTo(pod.Id));
            Assert.That(status.Metadata, Is.EqualTo(pod.Config.Metadata));
            Assert.That(status.Labels, Is.EqualTo(pod.Config.Labels));
            Assert.That(status.Annotations, Is.EqualTo(pod.Config.Annotations));
            Assert.That(status.CreatedAt, Is.GreaterThan(1_700_000_000_000_000_000));
            Assert.That(
                status.Linux.Namespaces.Options, Is.EqualTo(pod.Config.Linux.SecurityContext.NamespaceOptions));
        });
    }

    [Test]
    public async Task Handler_NamedInTheRequest_IsReportedBack()
    {
        var config = PodRequest.Of(Node);
        var id = await Cri.RunPodAsync(config, RuntimeName);

        Assert.That((await Cri.PodAsync(id)).RuntimeHandler, Is.EqualTo(RuntimeName));
        Assert.That((await Cri.ListPodsAsync()).Single().RuntimeHandler, Is.EqualTo(RuntimeName));
    }

    [Test]
    public async Task VerboseStatus_IsJson()
    {
        var pod = await RunPlainPodAsync();

        var response = await Cri.Runtime.PodSandboxStatusAsync(
            new PodSandboxStatusRequest { PodSandboxId = pod.Id, Verbose = true }, CriCalls.Options());

        Assert.That(response.Info, Is.Not.Empty);
        Assert.That(() => System.Text.Json.JsonDocument.Parse(response.Info["info"]), Throws.Nothing);
    }

    [Test]
    public async Task Stop_StopsContainersAndFreesTheAddress_AndCanBeRepeated()
    {
        var pod = await RunPodAsync();
        var container = await RunSleeperAsync(pod);
        Assert.That(Node.Network.Leases(), Has.Count.EqualTo(1));

        await Cri.StopPodAsync(pod.Id);
        await Cri.StopPodAsync(pod.Id);

        Assert.Multiple(async () =>
        {
            Assert.That((await Cri.PodAsync(pod.Id)).State, Is.EqualTo(PodSandboxState.SandboxNotready));
            Assert.That((await Cri.ContainerAsync(container)).State, Is.EqualTo(ContainerState.ContainerExited));
            Assert.That(Node.Network.Leases(), Is.Empty);
            Assert.That(System.IO.Directory.GetFileSystemEntries(Node.NetNsDirectory), Is.Empty);
        });
    }

    [Test]
    public async Task Remove_OfARunningPod_TakesItsContainersByForce()
    {
        var pod = await RunPodAsync();
        await RunAsync(pod, "sh", "-c", "trap '' TERM; while :; do sleep 1000; done");

        await Cri.RemovePodAsync(pod.Id);

        Assert.That(await Cri.ListPodsAsync(), Is.Empty);
        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    [Test]
    public async Task StopAndRemove_OfUnknown_Succeed()
    {
        await Cri.StopPodAsync(UnknownId);
        await Cri.RemovePodAsync(UnknownId);
        var pod = await RunPlainPodAsync();
        await Cri.RemovePodAsync(pod.Id);
        await Cri.RemovePodAsync(pod.Id);
    }

    [Test]
    public Task Status_OfUnknown_IsNotFoundAndNamesTheId() =>
        Refused.WithAsync(StatusCode.NotFound, () => Cri.PodAsync(UnknownId), UnknownId);

    [Test]
    public async Task Id_MayBeAUniquePrefix()
    {
        var pod = await RunPlainPodAsync();

        Assert.That((await Cri.PodAsync(pod.Id[..12])).Id, Is.EqualTo(pod.Id));
        await Cri.StopPodAsync(pod.Id[..12]);
        Assert.That((await Cri.PodAsync(pod.Id)).State, Is.EqualTo(PodSandboxState.SandboxNotready));
    }

    [Test]
    public async Task Id_AmbiguousPrefix_IsInvalidArgument()
    {
        // Seventeen IDs cannot all begin with different hex digits; usually a handful is enough.
        List<string> ids = [];
        while (ids.GroupBy(id => id[0]).All(group => group.Count() == 1))
            ids.Add((await RunPlainPodAsync()).Id);

        var prefix = ids[^1][..1];
        await Refused.WithAsync(StatusCode.InvalidArgument, () => Cri.PodAsync(prefix), "ambiguous");
    }

    [Test]
    public async Task List_FiltersAreAnded()
    {
        var red = await RunPlainPodAsync(pod => pod.Labels["colour"] = "red");
        var blue = await RunPlainPodAsync(pod => pod.Labels["colour"] = "blue");
        var stopped = await RunPlainPodAsync(pod => pod.Labels["colour"] = "red");
        await Cri.StopPodAsync(stopped.Id);
        var ready = new PodSandboxStateValue { State = PodSandboxState.SandboxReady };

        Assert.Multiple(async () =>
        {
            Assert.That(await IdsAsync(null), Is.EquivalentTo(new[] { red.Id, blue.Id, stopped.Id }));
            Assert.That(await IdsAsync(new PodSandboxFilter()), Has.Count.EqualTo(3));
            Assert.That(await IdsAsync(new PodSandboxFilter { Id = blue.Id[..10] }), Is.EqualTo(new[] { blue.Id }));
            Assert.That(
                await IdsAsync(new PodSandboxFilter { State = ready }), Is.EquivalentTo(new[] { red.Id, blue.Id }));
            Assert.That(
                await IdsAsync(
                    new PodSandboxFilter { State = ready, LabelSelector = { ["colour"] = "red", ["app"] = "test" } }),
                Is.EqualTo(new[] { red.Id }));
            Assert.That(await IdsAsync(new PodSandboxFilter { Id = UnknownId }), Is.Empty);
            Assert.That(
                await IdsAsync(new PodSandboxFilter { Id = red.Id, LabelSelector = { ["colour"] = "blue" } }),
                Is.Empty);
        });
    }

    private async Task<IReadOnlyList<string>> IdsAsync(PodSandboxFilter? filter) =>
        (await Cri.ListPodsAsync(filter)).Select(pod => pod.Id).ToList();
}
