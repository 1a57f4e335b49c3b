using Crisp.Errors;
using Crisp.Images.Registry;
using Crisp.Images.Tests.Fakes;
using Crisp.OciSpec.Image;

namespace Crisp.Images.Tests;

public sealed class PlatformTests : StoreFixture
{
    [TestCase("amd64", null, "amd64", null, 0)]
    [TestCase("amd64", "v3", "amd64", "v2", 1)]
    [TestCase("amd64", null, "amd64", "v2", null)]
    [TestCase("arm64", "v8", "arm64", null, 0)]
    [TestCase("arm64", "v8", "aarch64", "v8", 0)]
    [TestCase("arm", "v7", "arm", "v6", 1)]
    [TestCase("arm", "v6", "arm", "v7", null)]
    [TestCase("amd64", null, "arm64", null, null)]
    public void Rank_OfVariants(string machine, string? variant, string offered, string? offeredVariant, int? rank) =>
        Assert.That(
            PlatformMatch.Rank(
                new Platform { Os = "linux", Architecture = offered, Variant = offeredVariant },
                new Platform { Os = "linux", Architecture = machine, Variant = variant }),
            Is.EqualTo(rank));

    [Test]
    public async Task Index_PicksThePlatform()
    {
        var wrong = TestImage.Make([TarBuilder.Of(("a", "arm"))], architecture: "arm64");
        var right = TestImage.Make(
            [TarBuilder.Of(("a", "amd"))], MediaTypes.DockerLayerGzip, MediaTypes.DockerManifest);
        wrong.PushTo(Registry, "app", "x");
        right.PushTo(Registry, "app", "y");
        var inner = TestImage.IndexOf(MediaTypes.DockerManifestList,
            wrong.DescriptorFor("linux", "arm64"), right.DescriptorFor("linux", "amd64"));
        Registry.AddManifest("app", "v1", inner, MediaTypes.DockerManifestList);
        Assert.That((await PullAsync("app:v1")).Id, Is.EqualTo(right.Id));
    }

    [Test]
    public void Index_WithoutThePlatform_SaysWhatItHas()
    {
        var wrong = TestImage.Make([TarBuilder.Of(("a", "arm"))], architecture: "arm64");
        Registry.AddManifest("app", "v1", TestImage.IndexOf(MediaTypes.OciIndex,
            wrong.DescriptorFor("linux", "arm64"), wrong.DescriptorFor("linux", "s390x")), MediaTypes.OciIndex);
        var error = Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:v1"));
        Assert.That(error?.Message, Does.Contain("nothing for linux/amd64").And.Contain("linux/arm64, linux/s390x"));
    }

    [Test]
    public void Manifest_ForAnotherMachine_IsRefused()
    {
        TestImage.Make([TarBuilder.Of(("a", "arm"))], architecture: "arm64").PushTo(Registry, "app", "v1");
        Assert.That(Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:v1"))?.Message,
            Does.Contain("it is for linux/arm64"));
    }

    [Test]
    public void Schema1_IsRefusedClearly()
    {
        Registry.AddManifest("app", "v1",
            """{"schemaVersion":1,"name":"app","fsLayers":[]}"""u8.ToArray(), MediaTypes.DockerManifestSchema1Signed);
        Assert.That(
            Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:v1"))?.Message, Does.Contain("schema 1"));
    }

    [TestCase(MediaTypes.DockerForeignLayerGzip, "foreign layer")]
    [TestCase("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", "foreign layer")]
    [TestCase("application/x-wasm", "unknown type")]
    public async Task Layers_ThatAreNone_AreRefused(string type, string message)
    {
        TestImage.Make([TarBuilder.Of(("a", "1"))], type).PushTo(Registry, "app", "v1");
        Assert.That(Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:v1"))?.Message, Does.Contain(message));
        await AssertEmptyAsync();
    }

    [Test]
    public void Artifact_IsRefused()
    {
        TestImage.Make([TarBuilder.Of(("a", "1"))], configType: "application/vnd.cncf.helm.config.v1+json")
            .PushTo(Registry, "app", "v1");
        Assert.That(Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:v1"))?.Message,
            Does.Contain("no container image"));
    }

    [Test]
    public void Index_TooDeep_IsRefused()
    {
        var at = TestImage.Make([TarBuilder.Of(("a", "1"))]);
        at.PushTo(Registry, "app", "x");
        var descriptor = at.DescriptorFor("linux", "amd64");
        for (var depth = 0; depth < 4; depth++)
        {
            var index = TestImage.IndexOf(MediaTypes.OciIndex, descriptor);
            Registry.AddManifest("app", $"d{depth}", index, MediaTypes.OciIndex);
            descriptor = descriptor with
            {
                MediaType = MediaTypes.OciIndex,
                Digest = OciSpec.Digest.Sha256Of(index),
                Size = index.Length
            };
        }
        Assert.DoesNotThrowAsync(() => PullAsync("app:d2"));
        Assert.That(Assert.ThrowsAsync<RegistryException>(() => PullAsync("app:d3"))?.Message, Does.Contain("deep"));
    }

    [Test]
    public void Unknown_Image_IsNotFound()
    {
        var error = Assert.ThrowsAsync<RegistryException>(() => PullAsync("nothing:here"));
        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.NotFound));
        Assert.That(error?.Message, Does.Contain($"{Registry.Host}/nothing:here"));
    }
}
