namespace Crisp.OciSpec.Tests;

public sealed class ReferenceTests
{
    private const string D = "@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [TestCase("busybox", "docker.io/library/busybox:latest")]
    [TestCase("busybox:1.36", "docker.io/library/busybox:1.36")]
    [TestCase("team/app", "docker.io/team/app:latest")]
    [TestCase("docker.io/busybox", "docker.io/library/busybox:latest")]
    [TestCase("index.docker.io/busybox", "docker.io/library/busybox:latest")]
    [TestCase("localhost/app", "localhost/app:latest")]
    [TestCase("localhost:5000/app:v1", "localhost:5000/app:v1")]
    [TestCase("127.0.0.1:5000/a/b/c", "127.0.0.1:5000/a/b/c:latest")]
    [TestCase("[::1]:5000/app", "[::1]:5000/app:latest")]
    [TestCase("registry.k8s.io/pause:3.10", "registry.k8s.io/pause:3.10")]
    [TestCase("Registry/app", "Registry/app:latest")]
    [TestCase("r.io/a__b/c-d.e_f--g", "r.io/a__b/c-d.e_f--g:latest")]
    [TestCase("busybox" + D, "docker.io/library/busybox" + D)]
    [TestCase("busybox:1.36" + D, "docker.io/library/busybox:1.36" + D)]
    public void Parse_Completes(string text, string full) =>
        Assert.That(Reference.Parse(text).ToString(), Is.EqualTo(full));

    [TestCase(null)]
    [TestCase("")]
    [TestCase(":v1")]
    [TestCase("Busybox")]
    [TestCase("team/App")]
    [TestCase("app:")]
    [TestCase("app:.x")]
    [TestCase("app:v 1")]
    [TestCase("app@sha256:12")]
    [TestCase("app@")]
    [TestCase("a//b")]
    [TestCase("/app")]
    [TestCase("app/")]
    [TestCase("../etc/passwd")]
    [TestCase("r.io/../x")]
    [TestCase("r.io/a/./b")]
    [TestCase("a___b")]
    [TestCase("-app")]
    [TestCase("app-")]
    [TestCase("r.io:999999/app")]
    [TestCase("user@r.io/app")]
    [TestCase("http://r.io/app")]
    [TestCase("r.io/app?x=1")]
    [TestCase("r.io/app#x")]
    [TestCase("app\n")]
    [TestCase("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void TryParse_Malformed_SaysWhy(string? text)
    {
        Assert.That(Reference.TryParse(text, out _, out var problem), Is.False);
        Assert.That(problem, Is.Not.Empty);
    }

    [Test]
    public void TryParse_TooLong_IsRefused() =>
        Assert.That(Reference.TryParse("r.io/" + new string('a', 251), out _, out _), Is.False);

    [Test]
    public void ManifestReference_DigestBeforeTag()
    {
        Assert.That(Reference.Parse("app:v1" + D).ManifestReference, Is.EqualTo(D[1..]));
        Assert.That(Reference.Parse("app:v1").ManifestReference, Is.EqualTo("v1"));
    }
}
