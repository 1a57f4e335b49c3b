using Crisp.Errors;
using Crisp.Images.Tests.Fakes;
using Crisp.OciSpec;

namespace Crisp.Images.Tests;

/// <summary>What a killed daemon, a full disk or somebody's rm leave behind.</summary>
public sealed class DamagedStoreTests : StoreFixture
{
    [Test]
    public async Task Leftovers_AreSwept()
    {
        await Store.DisposeAsync();
        Directory.CreateDirectory($"{Root}/layers/.staging/9/diff/a/b");
        Directory.CreateDirectory($"{Root}/layers/.trash/4/x");
        Directory.CreateDirectory($"{Root}/layers/{new string('a', 64)}/diff");
        File.CreateSymbolicLink($"{Root}/layers/l/abcdef", "../nowhere");
        File.WriteAllText($"{Root}/images/.ingest/3", "half");
        File.WriteAllText($"{Root}/images/blobs/sha256/{new string('b', 64)}", "nobody's");
        File.WriteAllText($"{Root}/images/blobs/sha256/stray", "stray");
        Store = await ReopenAsync();
        await AssertEmptyAsync();
    }

    [TestCase("layer")]
    [TestCase("config")]
    [TestCase("blob")]
    public async Task Image_ThatLostContent_IsForgottenAndPulledAnew(string lost)
    {
        var image = TestImage.Of(TarBuilder.Of(("a", "1")));
        image.PushTo(Registry, "app", "v1");
        var stored = await PullAsync("app:v1");
        await Store.DisposeAsync();
        if (lost == "layer") Directory.Delete($"{Root}/layers/{Digest.Parse(stored.ChainIds[0]).Hex}", true);
        if (lost == "config") File.WriteAllText($"{Root}/images/blobs/sha256/{Digest.Parse(image.Id).Hex}", "{}");
        if (lost == "blob") File.Delete($"{Root}/images/blobs/sha256/{image.Layers[0].Descriptor.Digest.Hex}");
        Store = await ReopenAsync();
        Assert.That(Store.List(), Is.Empty);
        Assert.That((await PullAsync("app:v1")).Id, Is.EqualTo(image.Id));
    }

    [Test]
    public async Task Index_ThatIsNoJson_StopsTheStart()
    {
        await Store.DisposeAsync();
        File.WriteAllText($"{Root}/images/index.json", "{");
        var error = Assert.ThrowsAsync<CrispException>(ReopenAsync);
        Assert.That(error?.Message, Does.Contain("index.json is damaged"));
        File.Delete($"{Root}/images/index.json");
        Store = await ReopenAsync();
    }

    [Test]
    public async Task HostileLayer_InAPull_LeavesNothing()
    {
        TestImage.Of(TarBuilder.Of(("ok", "1")), TarBuilder.Of(("../evil", "1"))).PushTo(Registry, "app", "v1");
        var error = Assert.ThrowsAsync<CrispException>(() => PullAsync("app:v1"));
        Assert.That(error?.Message, Does.Contain("leads out of the image"));
        await AssertEmptyAsync();
    }

    [Test]
    public async Task Bomb_InAPull_StopsTheDownload()
    {
        TestImage.Of(new TarBuilder().Entry("zeros", '0', new byte[80 << 20]).Build()).PushTo(Registry, "app", "v1");
        var error = Assert.ThrowsAsync<Images.Layers.LayerLimitException>(() => PullAsync("app:v1"));
        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.ResourceExhausted));
        await AssertEmptyAsync();
    }
}
