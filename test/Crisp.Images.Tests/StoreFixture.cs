using Crisp.Images.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crisp.Images.Tests;

/// <summary>
/// A store in a directory of its own and a registry to pull from. Needs root, as the store itself does.
/// </summary>
public abstract class StoreFixture
{
    private protected string Root { get; private set; } = "";

    private protected ImageStore Store { get; set; } = null!; // set before each test

    private protected RegistryDouble Registry { get; private set; } = null!; // set before each test

    private protected virtual ImageStoreOptions Options => new()
    {
        Root = Root,
        Platform = new OciSpec.Image.Platform { Os = "linux", Architecture = "amd64" },
        Limits = new Limits
        {
            RetryDelay = TimeSpan.FromMilliseconds(5),
            Stall = TimeSpan.FromSeconds(20),
            UnpackedLayerBytes = 64 << 20,
            LayerEntries = 10_000
        },
    };

    [SetUp]
    public async Task OpenAsync()
    {
        Assert.That(Environment.UserName, Is.EqualTo("root"), "owners, devices and overlay attributes need root");
        Root = Directory.CreateTempSubdirectory("crisp-images-").FullName;
        Registry = await RegistryDouble.StartAsync();
        Store = await ReopenAsync();
    }

    [TearDown]
    public async Task CloseAsync()
    {
        if (Root.Length == 0) return;
        await Store.DisposeAsync();
        await Registry.DisposeAsync();
        Linux.TreeRemoval.Remove(Root);
    }

    private protected Task<ImageStore> ReopenAsync() =>
        ImageStore.OpenAsync(Options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);

    private protected async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Store = await ReopenAsync();
    }

    private protected Task<StoredImage> PullAsync(string name, RegistryCredentials? credentials = null) =>
        Store.PullAsync($"{Registry.Host}/{name}", credentials, null, CancellationToken.None)
            .WaitAsync(TimeSpan.FromMinutes(2));

    private protected string DiffOf(StoredImage image, int layer) =>
        $"{Root}/layers/{OciSpec.Digest.Parse(image.ChainIds[layer]).Hex}/diff";

    /// <summary>Nothing of a failed pull is left but the empty frame of the store.</summary>
    private protected async Task AssertEmptyAsync()
    {
        await RestartAsync();
        await Store.DisposeAsync();
        var left = Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal);
        Assert.That(left, Is.EqualTo((string[])
        [
            "images", "images/.ingest", "images/blobs", "images/blobs/sha256", "images/index.json", "images/oci-layout",
            "layers", "layers/.staging", "layers/.trash", "layers/l", "layers/l/none",
        ]));
        Store = await ReopenAsync();
    }
}
