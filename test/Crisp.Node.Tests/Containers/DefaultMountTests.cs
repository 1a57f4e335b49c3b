using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>
/// Mounts that the configuration gives to every container, and the size of /dev/shm that an annotation asks for.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class DefaultMountTests(string runtime) : NodeFixture(runtime)
{
    private static string Source => Path.Combine(NodeRun.Slot.Directory, "node", "secrets");

    private static string List => Path.Combine(NodeRun.Slot.Directory, "node", "mounts.conf");

    protected override NodeOptions Options => base.Options with
    {
        RuntimeSettings = $"default_mounts_file = \"{List}\"",
        HandlerSettings = "allowed_annotations = [\"shm-size.crio.io\"]",
    };

    [SetUp]
    public void WriteList()
    {
        Directory.CreateDirectory(Path.Combine(Source, "sub"));
        File.WriteAllText(Path.Combine(Source, "sub", "secret"), "of the node\n");
        File.WriteAllText(List, $"# a comment\n{Source}:/run/secrets\n/not/there:/x\nnonsense\n");
    }

    [Test]
    public async Task Container_GetsACopyOfItsOwn()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(pod,
                "sh", "-c", "cat /run/secrets/sub/secret; echo changed >/run/secrets/sub/secret; ls -d /x 2>&1; true"),
            Does.StartWith("of the node\n").And.Contain("No such file"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Source, "sub", "secret")), Is.EqualTo("of the node\n"));
    }

    /// <summary>kubelet evicts who writes too much, and would not see it.</summary>
    [Test]
    public async Task WhatIsWrittenThere_CountsAsTheContainers()
    {
        Pod pod = await RunPlainPodAsync();
        string id = await RunSleeperAsync(pod);
        await Cri.OutputAsync(id, "dd", "if=/dev/zero", "of=/run/secrets/big", "bs=1M", "count=8");

        await Eventually.GetAsync(
            "the container has written it",
            () => Cri.Runtime.ContainerStatsAsync(
                new ContainerStatsRequest { ContainerId = id }, CriCalls.Options()).ResponseAsync,
            answer => answer.Stats.WritableLayer?.UsedBytes.Value >= 8 << 20);
    }

    [Test]
    public async Task ShmSize_ByAnnotation_IsTheTmpfss()
    {
        var pod = await RunPlainPodAsync(config => config.Annotations["shm-size.crio.io"] = "16Mi");

        Assert.That(
            await PrintedAsync(pod, "sh", "-c", "df -k /dev/shm | tail -n 1 | awk '{print $2}'"), Is.EqualTo("16384"));
    }

    [Test]
    public async Task ShmSize_WithoutAnnotation_Is64Megabytes()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(pod, "sh", "-c", "df -k /dev/shm | tail -n 1 | awk '{print $2}'"), Is.EqualTo("65536"));
    }

    [Test]
    public async Task ShmSize_ThatIsNone_IsRefused() =>
        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => RunPlainPodAsync(config => config.Annotations["shm-size.crio.io"] = "much"), "shm-size.crio.io");

    [Test]
    public async Task Log_OfAPodThatSaysNoDirectory_IsTheNodes_AndGoesWithThePod()
    {
        var pod = await RunPlainPodAsync(config => config.LogDirectory = "");
        var container = Container(pod, "echo", "logged").With(config => config.LogPath = "");
        var id = await RunAsync(pod, container);

        var path = (await Cri.ExitedAsync(id)).LogPath;

        Assert.That(await File.ReadAllTextAsync(path), Does.Contain("logged"));
        await Cri.RemovePodAsync(pod.Id);
        Assert.That(File.Exists(path), Is.False);
    }
}
