using Crisp.Images.Tests.Fakes;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Tests;

public sealed class PullTests : StoreFixture
{
    [TestCase(MediaTypes.OciManifest, MediaTypes.OciLayerGzip)]
    [TestCase(MediaTypes.OciManifest, MediaTypes.OciLayer)]
    [TestCase(MediaTypes.OciManifest, MediaTypes.OciLayerZstd)]
    [TestCase(MediaTypes.DockerManifest, MediaTypes.DockerLayerGzip)]
    public async Task Pull_EveryForm_UnpacksAndLists(string manifestType, string layerType)
    {
        var image = TestImage.Make(
            [TarBuilder.Of(("etc/a", "one")), TarBuilder.Of(("etc/b", "two"))], layerType, manifestType);
        image.PushTo(Registry, "team/app", "v1");

        var stored = await PullAsync("team/app:v1");

        Assert.Multiple(() =>
        {
            Assert.That(stored.Id, Is.EqualTo(image.Id));
            Assert.That(stored.RepoTags, Is.EqualTo((string[])[$"{Registry.Host}/team/app:v1"]));
            Assert.That(stored.RepoDigests, Is.EqualTo((string[])[$"{Registry.Host}/team/app@{image.ManifestDigest}"]));
            Assert.That(File.ReadAllText($"{DiffOf(stored, 0)}/etc/a"), Is.EqualTo("one"));
            Assert.That(File.ReadAllText($"{DiffOf(stored, 1)}/etc/b"), Is.EqualTo("two"));
            Assert.That(Store.List(), Is.EqualTo((StoredImage[])[stored]));
        });
    }

    [Test]
    public async Task Pull_WithoutTag_MeansLatest()
    {
        TestImage.Of(TarBuilder.Of(("a", "1"))).PushTo(Registry, "app", "latest");
        var stored = await PullAsync("app");
        Assert.That(stored.RepoTags, Is.EqualTo((string[])[$"{Registry.Host}/app:latest"]));
    }

    [Test]
    public async Task Pull_Again_MovesNothing()
    {
        TestImage.Of(TarBuilder.Of(("a", "1"))).PushTo(Registry, "app", "v1");
        var first = await PullAsync("app:v1");
        var usage = Store.Usage();
        var second = await PullAsync("app:v1");
        Assert.Multiple(() =>
        {
            Assert.That(second, Is.SameAs(first));
            Assert.That(Store.Usage(), Is.EqualTo(usage));
            Assert.That(Registry.Count("/blobs/"), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Store_AfterRestart_KnowsTheSame()
    {
        TestImage.Of(TarBuilder.Of(("a", "1")), TarBuilder.Of(("b", "2"))).PushTo(Registry, "app", "v1");
        var before = await PullAsync("app:v1");
        var usage = Store.Usage();
        await RestartAsync();
        var after = Store.Find($"{Registry.Host}/app:v1");
        Assert.Multiple(() =>
        {
            Assert.That(after?.Id, Is.EqualTo(before.Id));
            Assert.That(after?.RepoTags, Is.EqualTo(before.RepoTags));
            Assert.That(after?.SizeBytes, Is.EqualTo(before.SizeBytes));
            Assert.That(Store.Usage(), Is.EqualTo(usage));
        });
    }

    [Test]
    public async Task Layout_IsReadBySkopeo()
    {
        TestImage.Of(TarBuilder.Of(("a", "1"))).PushTo(Registry, "app", "v1");
        var stored = await PullAsync("app:v1");
        var printed = External.Run("skopeo", ["inspect", $"oci:{Root}/images:{Registry.Host}/app:v1"]);
        Assert.That(System.Text.Encoding.UTF8.GetString(printed), Does.Contain(stored.ManifestDigest.ToString()));
    }

    [Test]
    public async Task Remove_ByAnyName_TakesAllOfIt()
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")));
        image.PushTo(Registry, "app", "v1");
        image.PushTo(Registry, "other", "v2");
        await PullAsync("app:v1");
        var stored = await PullAsync("other:v2");
        Assert.That(stored.RepoTags, Has.Count.EqualTo(2));
        await Store.RemoveAsync($"{Registry.Host}/app:v1", CancellationToken.None);
        Assert.That(Store.List(), Is.Empty);
        Assert.That(Store.Usage().UsedBytes, Is.Zero);
        await AssertEmptyAsync();
    }
}
