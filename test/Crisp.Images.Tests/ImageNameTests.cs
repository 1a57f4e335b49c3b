using Crisp.Errors;
using Crisp.Images.Tests.Fakes;
using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Tests;

/// <summary>Tags, digests and IDs: one image under all its names.</summary>
public sealed class ImageNameTests : StoreFixture
{
    private static readonly Descriptor s_attestation = new()
    {
        MediaType = MediaTypes.OciManifest,
        Digest = Digest.Sha256Of("attestation"u8),
        Size = 11,
        Platform = new Platform { Os = "unknown", Architecture = "unknown" },
    };

    [Test]
    public async Task PullByDigest_LeavesThatDigestAndNoTag()
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")));
        image.PushTo(Registry, "app", "v1");
        var stored = await PullAsync($"app@{image.ManifestDigest}");
        Assert.Multiple(() =>
        {
            Assert.That(stored.RepoTags, Is.Empty);
            Assert.That(stored.RepoDigests, Is.EqualTo((string[])[$"{Registry.Host}/app@{image.ManifestDigest}"]));
            Assert.That(Store.Find($"{Registry.Host}/app@{image.ManifestDigest}"), Is.SameAs(stored));
            Assert.That(Store.Find($"{Registry.Host}/app:whatever@{image.ManifestDigest}"), Is.SameAs(stored));
        });
    }

    [Test]
    public async Task PullByIndexDigest_LeavesTheIndexDigest()
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")));
        image.PushTo(Registry, "app", "unused");
        var index = TestImage.IndexOf(MediaTypes.OciIndex, s_attestation, image.DescriptorFor("linux", "amd64"));
        Registry.AddManifest("app", "v1", index, MediaTypes.OciIndex);
        var digest = Digest.Sha256Of(index);
        var stored = await PullAsync($"app:v1@{digest}");
        Assert.That(stored.RepoTags, Is.Empty);
        Assert.That(stored.RepoDigests, Is.EqualTo((string[])[$"{Registry.Host}/app@{digest}"]));
    }

    [Test]
    public async Task Tags_OfEqualContent_AreOneImage()
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")));
        foreach (var (repository, tag) in ((string, string)[])[("one", "a"), ("one", "b"), ("two", "c")])
        {
            image.PushTo(Registry, repository, tag);
            await PullAsync($"{repository}:{tag}");
        }
        var stored = Store.List().Single();
        Assert.That(stored.RepoTags, Has.Count.EqualTo(3));
        Assert.That(stored.RepoDigests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Retag_MovesTheTag_OldImageKeepsItsDigest()
    {
        var old = TestImage.Of(TarBuilder.Of(("a", "1")));
        old.PushTo(Registry, "app", "v1");
        await PullAsync("app:v1");
        var next = TestImage.Of(TarBuilder.Of(("a", "2")));
        next.PushTo(Registry, "app", "v1");
        await PullAsync("app:v1");
        await RestartAsync();
        Assert.Multiple(() =>
        {
            Assert.That(Store.Find($"{Registry.Host}/app:v1")?.Id, Is.EqualTo(next.Id));
            Assert.That(Store.Find(old.Id)?.RepoTags, Is.Empty);
            Assert.That(
                Store.Find(old.Id)?.RepoDigests, Is.EqualTo((string[])[$"{Registry.Host}/app@{old.ManifestDigest}"]));
        });
    }

    [Test]
    public async Task Find_ByIdAndPrefix()
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")));
        image.PushTo(Registry, "app", "v1");
        var stored = await PullAsync("app:v1");
        var hex = image.Id["sha256:".Length..];
        Assert.Multiple(() =>
        {
            foreach (var name in (string[])[image.Id, hex, hex[..12], $"sha256:{hex[..12]}"])
                Assert.That(Store.Find(name), Is.SameAs(stored), name);
            Assert.That(Store.Find("0000000000"), Is.Null);
            Assert.That(Store.Find("not/there"), Is.Null);
            Assert.That(Store.Find("\0 %%"), Is.Null);
        });
    }

    [Test]
    public async Task SameLayers_OtherCompression_KeepTheLayoutWhole()
    {
        byte[][] tars = [TarBuilder.Of(("a", "1"))];
        TestImage.Make(tars).PushTo(Registry, "app", "gzip");
        TestImage.Make(tars, MediaTypes.OciLayerZstd).PushTo(Registry, "app", "zstd");
        await PullAsync("app:gzip");
        var stored = await PullAsync("app:zstd");
        Assert.That(stored.RepoTags, Has.Count.EqualTo(2));
        External.Run("skopeo", ["copy", "-q", $"oci:{Root}/images:{Registry.Host}/app:zstd", $"dir:{Root}/copy"]);
    }

    [Test]
    public async Task Remove_InUse_IsRefusedByName()
    {
        TestImage.Of(TarBuilder.Of(("a", "1"))).PushTo(Registry, "app", "v1");
        var stored = await PullAsync("app:v1");
        using (Store.Retain(stored.Id, "container abc"))
        {
            var error = Assert.ThrowsAsync<CrispException>(() => Store.RemoveAsync(stored.Id, CancellationToken.None));
            Assert.That(error?.Kind, Is.EqualTo(ErrorKind.FailedPrecondition));
            Assert.That(error?.Message, Does.Contain("container abc"));
        }
        await Store.RemoveAsync(stored.Id[..20], CancellationToken.None);
        await Store.RemoveAsync(stored.Id, CancellationToken.None);
        Assert.That(Store.List(), Is.Empty);
        Assert.Throws<CrispException>(() => Store.Retain(stored.Id, "x"));
    }

    [Test]
    public async Task Remove_KeepsLayersThatOthersNeed()
    {
        var shared = TarBuilder.Of(("base", "1"));
        var one = TestImage.Of(shared, TarBuilder.Of(("one", "1")));
        var two = TestImage.Of(shared, TarBuilder.Of(("two", "1")));
        one.PushTo(Registry, "one", "v");
        two.PushTo(Registry, "two", "v");
        await PullAsync("one:v");
        var stored = await PullAsync("two:v");
        Assert.That(Registry.Count(one.Layers[0].Descriptor.Digest.Hex), Is.EqualTo(1));
        await Store.RemoveAsync(one.Id, CancellationToken.None);
        Assert.That(File.Exists($"{DiffOf(stored, 0)}/base"));
        await RestartAsync();
        Assert.That(Store.Find(two.Id), Is.Not.Null);
    }
}
