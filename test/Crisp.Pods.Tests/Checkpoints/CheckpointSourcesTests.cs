using Crisp.Errors;
using Crisp.Images;
using Crisp.OciSpec;
using Crisp.OciSpec.Image;
using Crisp.Pods.Checkpoints;
using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Checkpoints;

internal sealed class CheckpointSourcesTests
{
    private static readonly PodsOptions Default = new() { Handlers = [], DefaultHandler = "" };

    [TestCase("io.kubernetes.cri-o.annotations.checkpoint.name")]
    [TestCase("org.criu.checkpoint.container.name")]
    public void ImageOfACheckpoint_IsRestoredOnlyWhereTheConfigurationSaysSo(string annotation)
    {
        var image = Image("c", annotation);

        var refusal = Assert.Throws<CrispException>(() => CheckpointSources.IsCheckpoint(image, Default))!;

        Assert.That(refusal.Kind, Is.EqualTo(ErrorKind.FailedPrecondition));
        Assert.That(refusal.Message, Does.Contain("restore_from_images").And.Contain(image.Id));
        Assert.That(CheckpointSources.IsCheckpoint(image, Default with { RestoreFromImages = true }), Is.True);
    }

    [Test]
    public void OtherImage_IsNoCheckpoint_WhateverTheConfigurationSays([Values] bool allowed) =>
        Assert.That(CheckpointSources.IsCheckpoint(
            Image("o", "org.opencontainers.image.title"), Default with { RestoreFromImages = allowed }), Is.False);

    [Test]
    public void ImageOfACheckpoint_IsRetainedWithThoseOfTheContainer()
    {
        var (made, holder, volume) = (Image("m"), Image("h"), Image("v"));
        var parts = new CreationParts { Image = made, ImageVolumes = [volume] };

        Assert.That(parts.Images, Is.EquivalentTo(new[] { made, volume }));
        Assert.That((parts with { Checkpoint = holder }).Images, Is.EquivalentTo(new[] { made, holder, volume }));
    }

    private static StoredImage Image(string id, params string[] annotations) => new()
    {
        Id = $"sha256:{id}",
        RepoTags = [],
        RepoDigests = [],
        SizeBytes = 0,
        Config = new ImageConfig(),
        ManifestDigest = Digest.Parse("sha256:" + new string('0', 64)),
        ChainIds = [],
        Annotations = annotations.ToDictionary(name => name, _ => "main"),
        Pinned = false,
    };
}
