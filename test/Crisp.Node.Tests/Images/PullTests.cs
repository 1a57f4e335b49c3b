using Crisp.Testing.Images;
using Grpc.Core;

namespace Crisp.Node.Tests.Images;

/// <summary>PullImage from a real registry: names, formats, platforms, credentials.</summary>
[TestFixture("crun")]
public class PullTests(string runtime) : NodeFixture(runtime)
{
    private static string Repository => $"{NodeRun.Registry.Address}/test/busybox";

    [SetUp]
    [TearDown]
    public async Task RemoveImagesAsync()
    {
        foreach (var image in await Cri.ListImagesAsync())
            await Cri.RemoveImageAsync(image.Id);
    }

    [Test]
    public async Task ByTag_GivesTheIdTagAndDigest()
    {
        var id = await Cri.PullAsync(Busybox);

        var image = (await Cri.ListImagesAsync()).Single();
        Assert.Multiple(() =>
        {
            Assert.That(id, Is.EqualTo(StandardImages.Busybox.Id));
            Assert.That(image.Id, Is.EqualTo(id));
            Assert.That(image.RepoTags, Is.EqualTo(new[] { Busybox }));
            Assert.That(image.RepoDigests, Is.EqualTo(new[] { $"{Repository}@{StandardImages.Busybox.Digest}" }));
            Assert.That(image.Size, Is.GreaterThan(500_000));
        });
    }

    [Test]
    public async Task ByDigest_GivesThatDigestAndNoTag()
    {
        var name = $"{Repository}@{StandardImages.Busybox.Digest}";

        var id = await Cri.PullAsync(name);

        var image = (await Cri.ListImagesAsync()).Single();
        Assert.Multiple(() =>
        {
            Assert.That(id, Is.EqualTo(StandardImages.Busybox.Id));
            Assert.That(image.RepoTags, Is.Empty);
            Assert.That(image.RepoDigests, Is.EqualTo(new[] { name }));
        });
    }

    [Test]
    public async Task ByTagAndDigest_IsPulledByTheDigest()
    {
        Assert.That(
            await Cri.PullAsync($"{Busybox}@{StandardImages.Busybox.Digest}"), Is.EqualTo(StandardImages.Busybox.Id));
    }

    [Test]
    public async Task WithoutTag_IsLatest()
    {
        await NodeRun.Registry.Client.PushAsync(StandardImages.Busybox, "test/untagged", "latest");

        await Cri.PullAsync($"{NodeRun.Registry.Address}/test/untagged");

        Assert.That(
            (await Cri.ListImagesAsync()).Single().RepoTags,
            Is.EqualTo(new[] { $"{NodeRun.Registry.Address}/test/untagged:latest" }));
    }

    [Test]
    public async Task DockerSchema2_IsPulled() =>
        Assert.That(await Cri.PullAsync(NodeRun.WithEntrypoint), Is.EqualTo(StandardImages.WithEntrypoint.Id));

    [Test]
    public async Task Index_GivesTheImageOfThisPlatform_UnderTheIndexesDigest()
    {
        var foreign = TestImage.Oci(
            new TestImageConfig(), "riscv64", new TestLayer().File("foreign", "").Gzip());
        var name = await NodeRun.Registry.Client.PushIndexAsync(
            "test/index", "1", (foreign, "riscv64"), (StandardImages.Busybox, TestImage.HostArchitecture));
        var digest = TestImage.DigestOf(
            TestImage.Index((foreign, "riscv64"), (StandardImages.Busybox, TestImage.HostArchitecture)));

        Assert.That(await Cri.PullAsync(name), Is.EqualTo(StandardImages.Busybox.Id));
        Assert.That(
            (await Cri.ListImagesAsync()).Single().RepoDigests,
            Has.Some.EqualTo($"{NodeRun.Registry.Address}/test/index@{digest}"));
    }

    [Test]
    public async Task Index_WithoutThisPlatform_IsRefused_NamingIt()
    {
        var foreign = TestImage.Oci(new TestImageConfig(), "riscv64", new TestLayer().File("foreign", "").Gzip());
        var name = await NodeRun.Registry.Client.PushIndexAsync("test/foreign", "1", (foreign, "riscv64"));

        var refusal = await Refused.ExpectAsync(() => Cri.PullAsync(name));

        Assert.That(refusal.Status.Detail, Does.Contain(TestImage.HostArchitecture));
        Assert.That(await Cri.ListImagesAsync(), Is.Empty);
    }

    [Test]
    public async Task SameContent_UnderSeveralNames_IsOneImage()
    {
        var other = await NodeRun.Registry.Client.PushAsync(StandardImages.Busybox, "test/alias", "2");

        var first = await Cri.PullAsync(Busybox);
        var second = await Cri.PullAsync(other);

        var image = (await Cri.ListImagesAsync()).Single();
        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(image.RepoTags, Is.EquivalentTo(new[] { Busybox, other }));
            Assert.That(image.RepoDigests, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task Tag_ThatMoved_MovesHereToo()
    {
        var newer = TestImage.Oci(
            new TestImageConfig { Cmd = ["newer"] }, StandardImages.BaseLayer);
        var name = await NodeRun.Registry.Client.PushAsync(StandardImages.Busybox, "test/moving", "1");
        await Cri.PullAsync(name);
        await NodeRun.Registry.Client.PushAsync(newer, "test/moving", "1");

        Assert.That(await Cri.PullAsync(name), Is.EqualTo(newer.Id));
        Assert.That((await Cri.ImageAsync(name))!.Id, Is.EqualTo(newer.Id));
    }

    [TestCase("test/busybox:none")]
    [TestCase("test/nothing-here:1")]
    public async Task Unknown_IsAnErrorThatNamesIt(string name)
    {
        var refusal = await Refused.ExpectAsync(() => Cri.PullAsync($"{NodeRun.Registry.Address}/{name}"));

        Assert.That(refusal.Status.Detail, Does.Contain(name));
    }

    [Test]
    public async Task Registry_ThatDoesNotAnswer_IsAnErrorThatNamesIt()
    {
        var refusal = await Refused.ExpectAsync(() => Cri.PullAsync("127.0.0.1:1/some/image:1"));

        Assert.That(refusal.Status.Detail, Does.Contain("127.0.0.1:1"));
    }

    [TestCase("")]
    [TestCase("name/UPPER")]
    [TestCase("name:tag:tag")]
    [TestCase("name@sha256:short")]
    public Task Names_ThatAreNone_AreInvalid(string name) =>
        Refused.WithAsync(StatusCode.InvalidArgument, () => Cri.PullAsync(name));

    [Test]
    public async Task Store_IsAnImageLayoutThatOthersRead()
    {
        await Cri.PullAsync(Busybox);

        var layout = Path.Combine(Node.StateRoot, "images");
        var index = await File.ReadAllTextAsync(Path.Combine(layout, "index.json"));
        Assert.That(index, Does.Contain(StandardImages.Busybox.Digest));
        var listing = await Command.OutputAsync("umoci", "ls", "--layout", layout);
        Assert.That(listing, Is.Not.Empty);
        var inspected = await Command.OutputAsync("skopeo", "inspect", "--config", $"oci:{layout}:{Busybox}");
        Assert.That(inspected, Does.Contain("FROM_IMAGE=yes"));
    }
}
