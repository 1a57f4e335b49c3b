namespace Crisp.OciSpec.Tests;

public sealed class DigestTests
{
    private const string Empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Test]
    public void Parse_Valid_RoundTrips([Values(64, 128)] int length)
    {
        var text = (length == 64 ? "sha256:" : "sha512:") + new string('a', length);
        var digest = Digest.Parse(text);
        Assert.That(digest.ToString(), Is.EqualTo(text));
        Assert.That(digest.Hex, Has.Length.EqualTo(length));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("sha256:")]
    [TestCase("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [TestCase("SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [TestCase("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555")]
    [TestCase("sha256:../../../../../../../../../../../../../../../../../../../../etc/pass")]
    [TestCase("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85/")]
    [TestCase("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n")]
    [TestCase("md5:d41d8cd98f00b204e9800998ecf8427e")]
    [TestCase("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void TryParse_Malformed_IsRefused(string? text) => Assert.That(Digest.TryParse(text, out _), Is.False);

    [Test]
    public void Sha256Of_Nothing_IsTheKnownOne() => Assert.That(Digest.Sha256Of([]).ToString(), Is.EqualTo(Empty));

    [Test]
    public void Equality_IsByValue() => Assert.That(Digest.Parse(Empty), Is.EqualTo(Digest.Sha256Of([])));

    [Test]
    public void Default_HasNoHex() => Assert.Throws<InvalidOperationException>(() => _ = default(Digest).Hex);
}
