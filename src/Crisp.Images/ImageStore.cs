using Crisp.Errors;
using Crisp.Images.Content;
using Crisp.Images.Layers;
using Crisp.Images.Pulls;
using Crisp.Images.Registry;
using Crisp.Linux;
using Crisp.OciSpec;
using Microsoft.Extensions.Logging;

namespace Crisp.Images;

/// <summary>
/// The images of the node: an OCI image layout whose index.json says which there are, and their layers unpacked.
/// Questions are answered from memory, without a lock. What is pulled becomes visible when it is whole and on disk;
/// what is removed is gone from index.json before its content goes.
/// </summary>
public sealed partial class ImageStore : IAsyncDisposable
{
    private readonly ImageStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ImageStore> _log;
    private readonly HttpMessageInvoker _http = RegistryHttp.Create();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SharedPulls _pulls = new();
    private readonly Trash _trash;
    private readonly BlobStore _blobs;
    private readonly LayerStore _layers;
    private readonly CatalogBuilder _builder;
    private readonly PullContext _context;
    private readonly Retention _retention = new();
    private volatile IReadOnlyList<string> _insecureRegistries;
    private volatile Catalog _catalog = Catalog.Empty;

    private ImageStore(ImageStoreOptions options, ILogger<ImageStore> log, TimeProvider time)
    {
        _options = options;
        _insecureRegistries = options.InsecureRegistries;
        _time = time;
        _log = log;
        PrivateDirectory.MakePassable(options.Root);
        PrivateDirectory.Make(LayersRoot);
        _trash = new Trash($"{LayersRoot}/.trash", (path, error) => LogNotRemoved(path, error.Message));
        _blobs = BlobStore.Open(Layout, _trash);
        _layers = LayerStore.Open(LayersRoot, _trash);
        _builder = new CatalogBuilder(_blobs, _layers, options);
        var fetch = new LayerFetch(_blobs, _layers, options.Limits, time);
        _context = new PullContext
        {
            Options = options,
            Blobs = _blobs,
            LayerStore = _layers,
            Fetch = fetch,
            Layers = new SharedLayers(fetch, _trash),
            Holds = new ContentHolds(),
            CommitAsync = CommitAsync,
        };
        Snapshots = new Snapshots(_layers);
    }

    public Snapshots Snapshots { get; }

    private string Layout => $"{_options.Root}/images";

    private string LayersRoot => $"{_options.Root}/layers";

    /// <summary>Reads what is there and sweeps what a killed daemon left half done.</summary>
    public static async Task<ImageStore> OpenAsync(
        ImageStoreOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        var store = new ImageStore(options, loggers.CreateLogger<ImageStore>(), time);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            store.Load();
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>By name, name@digest, ID or the beginning of an ID. Looks in memory only.</summary>
    public StoredImage? Find(string nameOrId) => _catalog.Find(nameOrId)?.Image;

    public IReadOnlyList<StoredImage> List() => _catalog.List;

    /// <summary>Images by tag, digest or both (then the digest counts); without either, latest.</summary>
    public Task<StoredImage> PullAsync(
        string image,
        RegistryCredentials? credentials, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        if (!Reference.TryParse(image, out var reference, out var problem))
            throw CrispException.InvalidArgument("image", problem);
        var login = Login.From(credentials, reference.Registry);
        var endpoint = RegistryEndpoint.For(reference, _insecureRegistries);
        return _pulls.RunAsync(
            new PullKey(reference.ToString(), credentials),
            async (report, stop) =>
            {
                var client = new RegistryClient(_http, endpoint, login, _options.Limits, _time);
                try
                {
                    return await new PullJob(_context, reference, client, report).RunAsync(stop);
                }
                catch
                {
                    await CollectGarbageAsync();
                    throw;
                }
            },
            progress, cancellationToken);
    }

    /// <summary>Bytes and inodes of blobs and layers, kept up to date by every change.</summary>
    public FilesystemUsage Usage() =>
        new(_options.Root, _blobs.Bytes + _layers.DiskBytes, _blobs.Count + _layers.Inodes);

    public async ValueTask DisposeAsync()
    {
        await _pulls.StopAllAsync();
        await _trash.DisposeAsync();
        _http.Dispose();
        _writing.Dispose();
    }

    private void Load()
    {
        List<ImageEntry> incomplete = [];
        var entries = LayoutIndex.Open(Layout);
        _catalog = _builder.Build(entries, Catalog.Empty, incomplete);
        foreach (var entry in incomplete) LogIncomplete(entry.TaggedName ?? entry.DigestedName);
        if (incomplete.Count > 0) LayoutIndex.Write(Layout, _catalog.Entries);
        CollectGarbage();
    }

    [LoggerMessage(3001, LogLevel.Warning, "cannot remove {Path}, trying again at the next start: {Reason}")]
    private partial void LogNotRemoved(string path, string reason);

    [LoggerMessage(3000, LogLevel.Warning, "forget image {Image}: part of its content is missing or damaged")]
    private partial void LogIncomplete(string image);
}
