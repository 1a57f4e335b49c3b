using Crisp.Errors;
using Crisp.Images.Tests.Fakes;
using Crisp.OciSpec;
using Microsoft.AspNetCore.Http;

namespace Crisp.Images.Tests;

/// <summary>Registries that break off, lie, are busy or are not there.</summary>
public sealed class BrokenRegistryTests : StoreFixture
{
    private static readonly byte[] s_noise = Noise(700_000);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(131_072)]
    [TestCase(400_000)]
    public async Task Download_CutOff_ResumesWhereItBroke(int bytes)
    {
        var image = TestImage.Of(new TarBuilder().Entry("big", '0', s_noise).Build());
        image.PushTo(Registry, "app", "v1");
        var cuts = 2;
        List<string> ranges = [];
        Registry.Intercept = async context =>
        {
            if (!IsLayer(context, image)) return false;
            lock (ranges) ranges.Add(context.Request.Headers.Range.ToString());
            if (cuts-- <= 0) return false;
            await CutAsync(context, image.Layers[0].Content, bytes);
            return true;
        };
        var stored = await PullAsync("app:v1");
        Assert.That(new FileInfo($"{DiffOf(stored, 0)}/big").Length, Is.EqualTo(s_noise.Length));
        Assert.That(ranges, Has.Count.EqualTo(3));
        if (bytes > 0) Assert.That(ranges[1], Is.EqualTo($"bytes={bytes}-"));
    }

    [Test]
    public async Task Download_CutOffForGood_LeavesNothing()
    {
        var image = TestImage.Of(new TarBuilder().Entry("big", '0', s_noise).Build());
        image.PushTo(Registry, "app", "v1");
        Registry.Intercept = async context =>
        {
            if (!IsLayer(context, image) || context.Request.Headers.Range.Count > 0 && Abort(context)) return false;
            await CutAsync(context, image.Layers[0].Content, 300_000);
            return true;
        };
        var error = Assert.ThrowsAsync<Images.Registry.RegistryException>(() => PullAsync("app:v1"));
        Assert.That(error?.Message, Does.Contain("300000").Or.Contain("RegistryUnavailable"));
        await AssertEmptyAsync();
        Registry.Intercept = static _ => Task.FromResult(false);
        await PullAsync("app:v1");
    }

    [Test]
    public async Task Layer_WithWrongContent_IsRefused([Values(0, 1)] int layer)
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")), TarBuilder.Of(("b", "2")));
        image.PushTo(Registry, "app", "v1");
        var (descriptor, content) = image.Layers[layer];
        var wrong = content.ToArray();
        wrong[^1] ^= 1;
        Registry.AddBlob(descriptor.Digest.ToString(), wrong);
        var error = Assert.ThrowsAsync<Images.Registry.RegistryException>(() => PullAsync("app:v1"));
        Assert.That(error?.Message, Does.Contain("digest").And.Contain(descriptor.Digest.ToString()));
        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.DataLoss));
        await AssertEmptyAsync();
    }

    [Test]
    public async Task Layer_OfWrongSize_IsRefused([Values(-1, 1)] int difference)
    {
        var image = TestImage.Make([TarBuilder.Of(("a", "1"))], change: manifest => manifest with
        {
            Layers = [manifest.Layers[0] with { Size = manifest.Layers[0].Size + difference }],
        });
        image.PushTo(Registry, "app", "v1");
        Assert.That(Assert.ThrowsAsync<Images.Registry.RegistryException>(() => PullAsync("app:v1"))?.Message,
            Does.Contain("bytes"));
        await AssertEmptyAsync();
    }

    [Test]
    public async Task Layer_OfAnotherDiffId_IsRefused()
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")));
        var other = TestImage.Of(TarBuilder.Of(("b", "2")));
        var manifest = TestImage.Make(
            [TarBuilder.Of(("a", "1"))], change: m => m with { Layers = [other.Layers[0].Descriptor] });
        manifest.PushTo(Registry, "app", "v1");
        other.PushTo(Registry, "app", "x");
        var error = Assert.ThrowsAsync<CrispException>(() => PullAsync("app:v1"));
        Assert.That(error?.Message, Does.Contain("configuration says"));
        await AssertEmptyAsync();
        _ = image;
    }

    [Test]
    public async Task Manifest_WithWrongDigest_IsRefused()
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")));
        image.PushTo(Registry, "app", "v1");
        var asked = Digest.Sha256Of("something else"u8);
        Registry.AddLyingManifest("app", asked.ToString(), image.Manifest, image.ManifestType);
        Assert.That(
            Assert.ThrowsAsync<Images.Registry.RegistryException>(() => PullAsync($"app@{asked}"))?.Message,
            Does.Contain("wrong manifest"));
        await AssertEmptyAsync();
    }

    [Test]
    public async Task Config_WithWrongContent_IsRefused()
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")));
        image.PushTo(Registry, "app", "v1");
        Registry.AddBlob(image.Id, [.. image.Config[..^2], (byte)' ', (byte)'}']);
        Assert.That(Assert.ThrowsAsync<Images.Registry.RegistryException>(() => PullAsync("app:v1"))?.Message,
            Does.Contain("configuration"));
        await AssertEmptyAsync();
    }

    [TestCase("not json")]
    [TestCase("{}")]
    [TestCase(
        """{"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:../../etc","size":1},"layers":[]}""")]
    [TestCase("""{"schemaVersion":2,"config":{},"layers":[],"manifests":[]}""")]
    public async Task Manifest_Malformed_IsRefused(string content)
    {
        Registry.AddManifest(
            "app", "v1", System.Text.Encoding.UTF8.GetBytes(content), "application/vnd.oci.image.manifest.v1+json");
        Assert.ThrowsAsync<Images.Registry.RegistryException>(() => PullAsync("app:v1"));
        await AssertEmptyAsync();
    }

    [Test]
    public void Manifest_TooLarge_IsRefused()
    {
        Registry.AddManifest("app", "v1", new byte[(4 << 20) + 1], "application/vnd.oci.image.manifest.v1+json");
        Assert.That(
            Assert.ThrowsAsync<Images.Registry.RegistryException>(() => PullAsync("app:v1"))?.Kind,
            Is.EqualTo(ErrorKind.ResourceExhausted));
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task Busy_IsAskedAgain(int status)
    {
        TestImage.Of(TarBuilder.Of(("a", "1"))).PushTo(Registry, "app", "v1");
        var left = 2;
        Registry.Intercept = context =>
        {
            if (left-- <= 0) return Task.FromResult(false);
            context.Response.StatusCode = status;
            return Task.FromResult(true);
        };
        await PullAsync("app:v1");
    }

    [Test]
    public void Busy_ForEver_GivesUp()
    {
        Registry.Intercept = context =>
        {
            context.Response.StatusCode = 429;
            return Task.FromResult(true);
        };
        var error = Assert.ThrowsAsync<Images.Registry.RegistryException>(() => PullAsync("app:v1"));
        Assert.That(error?.Message, Does.Contain("429"));
        Assert.That(Registry.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public void NobodyThere_SaysRegistryUnavailable()
    {
        var error = Assert.ThrowsAsync<Images.Registry.RegistryException>(
            () => Store.PullAsync("127.0.0.1:1/app:v1", null, null, CancellationToken.None));
        Assert.That(error?.Message, Does.StartWith("RegistryUnavailable: 127.0.0.1:1"));
        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.Unknown));
    }

    private static bool IsLayer(HttpContext context, TestImage image) =>
        context.Request.Path.Value?.Contains(image.Layers[0].Descriptor.Digest.Hex, StringComparison.Ordinal) is true;

    private static bool Abort(HttpContext context)
    {
        context.Abort();
        return true;
    }

    private static async Task CutAsync(HttpContext context, byte[] content, int bytes)
    {
        var start = context.Request.Headers.Range.ToString() is { Length: > 0 } range
            ? int.Parse(range["bytes=".Length..].TrimEnd('-'))
            : 0;
        if (start > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {start}-{content.Length - 1}/{content.Length}";
            bytes = start;
        }
        context.Response.ContentLength = content.Length - start;
        await context.Response.StartAsync();
        if (bytes > start) await context.Response.Body.WriteAsync(content.AsMemory(start, bytes - start));
        // Fewer bytes than announced: Kestrel closes the connection after them.
        await context.Response.Body.FlushAsync();
    }

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
