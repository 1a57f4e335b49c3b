using System.Text;
using Crisp.Testing.Images;
using Crisp.Testing.Registries;
using Grpc.Core;

namespace Crisp.Node.Tests.Images;

/// <summary>
/// Registries that lie, break off or serve what must not be unpacked: each an error, nothing half-visible, and the
/// next pull works.
/// </summary>
[TestFixture("crun")]
public class BadRegistryTests(string runtime) : NodeFixture(runtime)
{
    private static readonly TestImage Good = TestImage.Oci(
        new TestImageConfig(),
        new TestLayer().File("first", new string('1', 100_000)).Plain(),
        new TestLayer().File("second", new string('2', 100_000)).Plain());

    private ScriptedRegistry _registry = null!;

    protected override NodeOptions Options => base.Options with
    {
        InsecureRegistries = [NodeRun.Registry.Address, _registry.Address],
    };

    protected override async Task PrepareAsync() => _registry = await ScriptedRegistry.StartAsync();

    [SetUp]
    public void BehaveAgain() => _registry.OnBlob = null;

    [TearDown]
    public async Task RemoveImagesAsync()
    {
        foreach (var image in await Cri.ListImagesAsync())
            await Cri.RemoveImageAsync(image.Id);
    }

    [OneTimeTearDown]
    public async Task StopRegistryAsync() => await _registry.DisposeAsync();

    [Test]
    public async Task CutOff_IsAnError_AndTheNextPullWorks([Values(0, 1, 50_000)] int after)
    {
        var name = _registry.Serve(Good, "test/cut", "1");
        _registry.OnBlob = async (digest, bytes, context) =>
        {
            if (digest != Good.Layers[1].Digest)
                return false;
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, after));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return true;
        };

        await AssertRefusedAsync(name);

        _registry.OnBlob = null;
        Assert.That(await Cri.PullAsync(name), Is.EqualTo(Good.Id));
    }

    [Test]
    public async Task LayerOfOtherBytes_IsRefused_NamingTheDigest()
    {
        var name = _registry.Serve(Good, "test/tampered", "1");
        var tampered = Good.Layers[0].Bytes.ToArray();
        tampered[600] ^= 1;
        Answer(Good.Layers[0].Digest, tampered);

        var refusal = await AssertRefusedAsync(name);

        Assert.That(refusal.Status.Detail, Does.Contain(Good.Layers[0].Digest));
    }

    [Test]
    public async Task ConfigOfOtherBytes_IsRefused()
    {
        var name = _registry.Serve(Good, "test/tampered-config", "1");
        Answer(Good.Id, Encoding.UTF8.GetBytes("{}"));

        await AssertRefusedAsync(name);
    }

    [Test]
    public async Task MoreBytesThanTheManifestSays_AreRefused()
    {
        var name = _registry.Serve(Good, "test/longer", "1");
        Answer(Good.Layers[0].Digest, [.. Good.Layers[0].Bytes, 0, 0, 0]);

        await AssertRefusedAsync(name);
    }

    [Test]
    public async Task ManifestOfOtherBytes_ByDigest_IsRefused()
    {
        var other = TestImage.Oci(new TestImageConfig { Cmd = ["other"] }, Good.Layers.ToArray());
        _registry.Serve(other, "test/swapped", Good.Digest);

        await AssertRefusedAsync($"{_registry.Address}/test/swapped@{Good.Digest}");
    }

    [TestCase("not json at all")]
    [TestCase("{}")]
    [TestCase(
        """{"architecture":"amd64","os":"linux","config":{"Env":"no list"},"rootfs":{"type":"layers","diff_ids":[]}}""")]
    [TestCase(
        """{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:1"]}}""")]
    public async Task BrokenConfig_IsRefused(string config)
    {
        await AssertRefusedAsync(_registry.Serve(Good.WithConfig(Encoding.UTF8.GetBytes(config)), "test/broken", "1"));
    }

    [Test]
    public async Task Manifests_OfOtherKinds_AreRefusedByName()
    {
        var schema1 = _registry.Serve(
            "test/schema1", "1", """{"schemaVersion":1,"name":"x","tag":"1","fsLayers":[],"history":[]}"""u8.ToArray(),
            "application/vnd.docker.distribution.manifest.v1+prettyjws");

        Assert.That(
            (await AssertRefusedAsync(schema1)).Status.Detail, Does.Contain("manifest.v1").Or.Contain("schema 1"));
        await AssertRefusedAsync(_registry.Serve("test/html", "1", "<html>"u8.ToArray(), "text/html"));
        await AssertRefusedAsync(_registry.Serve("test/garbage", "1", "{{{{"u8.ToArray(), TestImage.OciManifestType));
    }

    [Test]
    public async Task Layers_ThatReachOutOfTheRoot_TouchNothingOutside()
    {
        var outside = Path.Combine(Node.Directory, "outside");
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "victim"), "untouched");
        var climb = string.Concat(Enumerable.Repeat("../", 12)) + outside.TrimStart('/');
        TestLayer[] attacks =
        [
            new TestLayer().File($"{climb}/climbed", "x"),
            new TestLayer().File($"{outside}/absolute", "x"),
            new TestLayer().Symlink("link", outside).File("link/through-link", "x"),
            new TestLayer().Symlink("link", climb).File("link/through-climbing-link", "x"),
            new TestLayer().HardLink("stolen", $"{climb}/victim"),
            new TestLayer().Symlink("link", $"{outside}/victim").File("link", "overwritten"),
            new TestLayer().Symlink("dir", outside).Whiteout("dir/victim"),
        ];

        foreach (var attack in attacks)
        {
            var name = _registry.Serve(TestImage.Oci(new TestImageConfig(), attack.Gzip()), "test/attack", "1");
            try
            {
                await Cri.PullAsync(name);
            }
            catch (RpcException)
            {
                // Refused is as good as contained.
            }

            await Cri.RemoveImageAsync(name);
        }

        Assert.That(Directory.GetFileSystemEntries(outside), Is.EqualTo(new[] { Path.Combine(outside, "victim") }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(outside, "victim")), Is.EqualTo("untouched"));
    }

    [Test]
    public async Task TwoPullsAtATime_FetchOnce()
    {
        var name = _registry.Serve(Good, "test/twice", "1");
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _registry.OnBlob = async (_, _, _) =>
        {
            await release.Task;
            return false;
        };
        var before = _registry.Requests.Count;

        var first = Cri.PullAsync(name);
        await Eventually.BecomesTrueAsync("the first pull fetches", () => _registry.Requests.Count > before + 1);
        var second = Cri.PullAsync(name);
        release.SetResult();

        Assert.That(await first, Is.EqualTo(await second));
        var layer = $"GET /v2/test/twice/blobs/{Good.Layers[0].Digest}";
        Assert.That(_registry.Requests.Skip(before).Count(request => request == layer), Is.EqualTo(1));
    }

    [Test]
    public async Task SharedLayers_AreFetchedOnce()
    {
        var second = TestImage.Oci(
            new TestImageConfig(), Good.Layers[0], new TestLayer().File("third", "3").Plain());
        await Cri.PullAsync(_registry.Serve(Good, "test/shared", "1"));
        var before = _registry.Requests.Count;

        await Cri.PullAsync(_registry.Serve(second, "test/shared", "2"));

        Assert.That(
            _registry.Requests.Skip(before), Has.None.EqualTo($"GET /v2/test/shared/blobs/{Good.Layers[0].Digest}"));
    }

    [Test]
    public async Task Caller_ThatGoesAway_StopsThePull()
    {
        var name = _registry.Serve(Good, "test/abandoned", "1");
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _registry.OnBlob = async (digest, bytes, context) =>
        {
            if (digest != Good.Layers[1].Digest)
                return false;
            context.Response.ContentLength = bytes.Length;
            await context.Response.StartAsync();
            context.RequestAborted.Register(() => aborted.TrySetResult());
            reached.TrySetResult();
            await aborted.Task;
            return true;
        };
        using var leaving = new CancellationTokenSource();
        Task pull = Cri.Images.PullImageAsync(
            new PullImageRequest { Image = new ImageSpec { Image = name } },
            CriCalls.Options(cancellationToken: leaving.Token)).ResponseAsync;
        await reached.Task.WaitAsync(Eventually.Patience);

        await leaving.CancelAsync();

        await aborted.Task.WaitAsync(Eventually.Patience);
        Assert.That(async () => await pull, Throws.InstanceOf<Exception>());
        Assert.That(await Cri.ImageAsync(name), Is.Null);
    }

    private void Answer(string wanted, byte[] content) => _registry.OnBlob = async (digest, _, context) =>
    {
        if (digest != wanted)
            return false;
        await context.Response.Body.WriteAsync(content);
        return true;
    };

    private async Task<RpcException> AssertRefusedAsync(string name)
    {
        var refusal = await Refused.ExpectAsync(() => Cri.PullAsync(name));
        Assert.That(refusal.StatusCode, Is.Not.EqualTo(StatusCode.DeadlineExceeded), refusal.Status.Detail);
        Assert.That(await Cri.ImageAsync(name), Is.Null);
        return refusal;
    }
}
