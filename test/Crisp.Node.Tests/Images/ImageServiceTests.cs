using Crisp.Testing.Images;
using Grpc.Core;

namespace Crisp.Node.Tests.Images;

/// <summary>ImageStatus, ListImages, RemoveImage and ImageFsInfo over what was pulled.</summary>
[TestFixture("crun")]
public class ImageServiceTests(string runtime) : NodeFixture(runtime)
{
    private const string UnknownImage = "registry.example/no/such:1";

    [SetUp]
    public Task PullAsync() => Cri.PullAsync(Busybox);

    [Test]
    public async Task Status_ByEveryName_IsTheSameImage()
    {
        var id = StandardImages.Busybox.Id;
        var hex = id["sha256:".Length..];

        foreach (var name in new[]
                 {
                     Busybox, id, hex, hex[..12],
                     $"{NodeRun.Registry.Address}/test/busybox@{StandardImages.Busybox.Digest}",
                 })
            Assert.That((await Cri.ImageAsync(name))?.Id, Is.EqualTo(id), name);
    }

    [Test]
    public async Task Status_SaysWhoRuns()
    {
        await Cri.PullAsync(NodeRun.WithEntrypoint);

        var byName = (await Cri.ImageAsync(NodeRun.WithEntrypoint))!;
        var root = (await Cri.ImageAsync(Busybox))!;

        Assert.That(byName.Username, Is.EqualTo("app"));
        Assert.That(root.Uid?.Value, Is.EqualTo(0));
    }

    [Test]
    public async Task Status_OfUnknown_IsEmpty() => Assert.That(await Cri.ImageAsync(UnknownImage), Is.Null);

    [Test]
    public async Task Status_Verbose_IsJson()
    {
        var response = await Cri.Images.ImageStatusAsync(
            new ImageStatusRequest { Image = new ImageSpec { Image = Busybox }, Verbose = true }, CriCalls.Options());

        Assert.That(() => System.Text.Json.JsonDocument.Parse(response.Info["info"]), Throws.Nothing);
    }

    [Test]
    public async Task List_WithAFilter_GivesThatImage()
    {
        await Cri.PullAsync(NodeRun.WithEntrypoint);

        IReadOnlyList<Image> images = (await Cri.Images.ListImagesAsync(
            new ListImagesRequest { Filter = new ImageFilter { Image = new ImageSpec { Image = Busybox } } },
            CriCalls.Options())).Images;

        Assert.That(images.Single().Id, Is.EqualTo(StandardImages.Busybox.Id));
    }

    [Test]
    public async Task Remove_TakesTheImageWithAllItsNames()
    {
        var other = await NodeRun.Registry.Client.PushAsync(StandardImages.Busybox, "test/second-name", "1");
        await Cri.PullAsync(other);

        await Cri.RemoveImageAsync(StandardImages.Busybox.Id);

        Assert.That(await Cri.ImageAsync(Busybox), Is.Null);
        Assert.That(await Cri.ImageAsync(other), Is.Null);
    }

    [Test]
    public async Task Remove_OfUnknown_Succeeds() => await Cri.RemoveImageAsync(UnknownImage);

    [Test]
    public async Task Remove_OfAnImageInUse_IsRefused_NamingTheContainer()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunSleeperAsync(pod);

        await Refused.WithAsync(StatusCode.FailedPrecondition, () => Cri.RemoveImageAsync(Busybox), id[..12]);

        Assert.That(await Cri.OutputAsync(id, "cat", "/data/kept"), Is.EqualTo("from layer 2"));
    }

    [Test]
    public async Task FsInfo_GrowsWithAPullAndShrinksWithARemoval()
    {
        var noise = new byte[4 << 20];
        new Random(1).NextBytes(noise);
        var big = TestImage.Oci(new TestImageConfig(), new TestLayer().File("noise", noise).Gzip());
        var name = await NodeRun.Registry.Client.PushAsync(big, "test/big", "1");
        var before = await UsageAsync();

        await Cri.PullAsync(name);
        var pulled = await UsageAsync();
        await Cri.RemoveImageAsync(name);
        var removed = await UsageAsync();

        Assert.Multiple(() =>
        {
            Assert.That(pulled.UsedBytes.Value, Is.GreaterThan(before.UsedBytes.Value + (4 << 20) - 1));
            Assert.That(removed.UsedBytes.Value, Is.LessThan(before.UsedBytes.Value + (1 << 20)));
            Assert.That(pulled.InodesUsed.Value, Is.GreaterThan(0));
            Assert.That(pulled.Timestamp, Is.GreaterThan(1_700_000_000_000_000_000));
            Assert.That(Directory.Exists(pulled.FsId.Mountpoint));
        });
    }

    [Test]
    public async Task FsInfo_NamesBothFileSystems_OrKubeletRefuses()
    {
        var response = await Cri.Images.ImageFsInfoAsync(new ImageFsInfoRequest(), CriCalls.Options());

        Assert.That(response.ImageFilesystems, Is.Not.Empty);
        Assert.That(response.ContainerFilesystems, Is.Not.Empty);
    }

    private async Task<FilesystemUsage> UsageAsync() =>
        (await Cri.Images.ImageFsInfoAsync(new ImageFsInfoRequest(), CriCalls.Options())).ImageFilesystems[0];
}
