using Crisp.Errors;
using Crisp.Images.Content;
using Crisp.Images.Pulls;

namespace Crisp.Images;

public sealed partial class ImageStore
{
    /// <summary>The image goes, with all its names. Unknown is success.</summary>
    public async Task RemoveAsync(string nameOrId, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (Find(nameOrId) is not { } image) return;
            using var removal = _retention.BeginRemoval(image.Id, out var holder);
            if (holder is not null) throw InUse(image, holder);
            if (_options.InUseBy(image.Id) is { } container) throw InUse(image, $"container {container}");
            Publish([.. _catalog.Entries.Where(entry => entry.ImageId.ToString() != image.Id)]);
            CollectGarbage();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Keeps the image from being removed until disposed: for the time between resolving an image and the record that
    /// names it.
    /// </summary>
    public IDisposable Retain(string imageId, string holder)
    {
        var retained = _retention.TryAdd(imageId, holder);
        if (retained is not null && _catalog.ById(imageId) is not null) return retained;
        retained?.Dispose();
        throw CrispException.NotFound("image", imageId);
    }

    /// <summary>Takes over other values of the options of the same names, from the next request on.</summary>
    public async Task ReconfigureAsync(IReadOnlyList<string> pinnedImages, IReadOnlyList<string> insecureRegistries)
    {
        await _writing.WaitAsync();
        try
        {
            _insecureRegistries = insecureRegistries;
            _builder.Pinned = new PinnedPatterns(pinnedImages);
            _catalog = _builder.Build(_catalog.Entries, _catalog, []);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Puts pulled content in its place: layers and blobs first, then the name that makes them an image.
    /// </summary>
    private async Task<StoredImage> CommitAsync(PulledContent pulled)
    {
        await _writing.WaitAsync();
        try
        {
            foreach (var (staged, record) in pulled.Layers)
            {
                if (_layers.Find(record.ChainId) is not null) continue;
                if (staged.BlobPath is { } blob) _blobs.Commit(blob, staged.BlobDigest);
                _layers.Commit(staged, record);
            }
            foreach (var (digest, path) in pulled.Blobs) _blobs.Commit(path, digest);
            if (pulled.Layers.Count > 0) _layers.Sync();
            if (pulled.Layers.Count + pulled.Blobs.Count > 0) _blobs.Sync();
            var entries = _catalog.Entries.With(pulled.Entry);
            if (!ReferenceEquals(entries, _catalog.Entries)) Publish(entries);
            CollectGarbage();
            return Find(pulled.Entry.ImageId.ToString())
                ?? throw new CrispException(
                    ErrorKind.Internal, $"image {pulled.Entry.ImageId} is incomplete after its pull");
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>After a pull that failed: what it held may have lost its image meanwhile.</summary>
    private async Task CollectGarbageAsync()
    {
        await _writing.WaitAsync();
        try
        {
            CollectGarbage();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The new names are on disk before anyone sees them.</summary>
    private void Publish(IReadOnlyList<ImageEntry> entries)
    {
        List<ImageEntry> incomplete = [];
        var next = _builder.Build(entries, _catalog, incomplete);
        LayoutIndex.Write(Layout, next.Entries);
        _catalog = next;
    }

    /// <summary>Deletes the blobs and layers that no image and no pull needs. Only while nobody else writes.</summary>
    private void CollectGarbage()
    {
        var blobs = _catalog.Images.SelectMany(image => image.Blobs).ToHashSet();
        var chains = _catalog.Images.SelectMany(image => image.Chains).ToHashSet();
        foreach (var digest in _blobs.All)
        {
            if (!blobs.Contains(digest) && !_context.Holds.IsHeld(digest)) _blobs.Delete(digest);
        }
        foreach (var layer in _layers.All)
        {
            if (!chains.Contains(layer.ChainId) && !_context.Holds.IsHeld(layer.ChainId)) _layers.Delete(layer.ChainId);
        }
    }

    private static CrispException InUse(StoredImage image, string holder) => new(
        ErrorKind.FailedPrecondition,
        $"image {(image.RepoTags.Count > 0 ? image.RepoTags[0] : image.Id)} is in use by {holder}: remove that first");
}
