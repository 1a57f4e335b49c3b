using Crisp.Cri.Messages;
using Crisp.Images;
using Crisp.OciSpec;
using Crisp.OciSpec.Image;

namespace Crisp.Cri.Tests.Messages;

public sealed class ImageMessagesTests
{
    [TestCase(null, 0, "")]
    [TestCase("", 0, "")]
    [TestCase("1000", 1000, "")]
    [TestCase("1000:5", 1000, "")]
    [TestCase("nobody", null, "nobody")]
    [TestCase("nobody:nogroup", null, "nobody")]
    public void User_IsANumberOrAName_NeverNeither(string? user, int? uid, string name)
    {
        var message = ImageMessages.Image(Image(user));
        Assert.That(message.Uid?.Value, Is.EqualTo(uid));
        Assert.That(message.Username, Is.EqualTo(name));
    }

    [Test]
    public void Image_TellsEverything()
    {
        var message = ImageMessages.Image(Image("0"));
        Assert.That((message.Id, message.Size, message.Pinned), Is.EqualTo(("sha256:aa", 1UL, true)));
        Assert.That(message.RepoTags, Is.EqualTo(new[] { "r/app:1" }));
        Assert.That(message.Spec.Image, Is.EqualTo("r/app:1"));
        Assert.That(message.Spec.Annotations["label"], Is.EqualTo("x"));
    }

    private static StoredImage Image(string? user) => new()
    {
        Id = "sha256:aa",
        RepoTags = ["r/app:1"],
        RepoDigests = [],
        SizeBytes = 0,
        Config = new ImageConfig
        {
            Config = new ImageConfigProcess
            {
                User = user,
                Labels = new Dictionary<string, string> { ["label"] = "x" }
            },
        },
        ManifestDigest = Digest.Parse("sha256:" + new string('0', 64)),
        ChainIds = [],
        Pinned = true,
    };
}
