using Crisp.Images.Content;
using Crisp.Images.Layers;
using Crisp.Images.Registry;
using Crisp.OciSpec;

namespace Crisp.Images.Pulls;

/// <summary>
/// One pull. Step 1: resolve the name to a manifest. Step 2: the configuration. Step 3: hold all content, so that no
/// removal takes what is needed. Step 4: fetch the layers that are missing. Step 5: settle implied directories.
/// Step 6: sync. Step 7: make it visible. Until then all of it lies aside and is removed on failure.
/// </summary>
internal sealed class PullJob(
    PullContext context, Reference reference, RegistryClient client, Action<PullProgress> report)
{
    private readonly Dictionary<Digest, SharedLayer> _staged = [];
    private readonly List<(Digest Digest, string Path)> _ingested = [];
    private readonly List<(Digest ChainId, SharedLayer Layer)> _joined = [];

    public async Task<StoredImage> RunAsync(CancellationToken cancellationToken)
    {
        var options = context.Options;
        var resolved = await new ManifestResolver(client, options.Platform, options.Limits)
            .ResolveAsync(reference, cancellationToken);
        var config = await new ConfigSource(client, context.Blobs, options).GetAsync(
            reference, resolved.Manifest, cancellationToken);
        var chain = ChainId.Of(config.DiffIds);
        using var held = context.Holds.Hold(
            [resolved.ManifestDescriptor.Digest,
                resolved.Manifest.Config.Digest, .. resolved.Manifest.Layers.Select(layer => layer.Digest)], chain);
        try
        {
            await FetchLayersAsync(resolved, config.DiffIds, chain, cancellationToken);
            IngestSmall(resolved.ManifestDescriptor.Digest, resolved.ManifestContent);
            IngestSmall(resolved.Manifest.Config.Digest, config.Content);
            var entry = new ImageEntry
            {
                ImageId = resolved.Manifest.Config.Digest,
                Manifest = resolved.ManifestDescriptor,
                Name = reference.Name,
                Tag = reference.Digest is null ? reference.Tag : null,
                RepoDigest = resolved.RepoDigest,
            };
            var records = await MakeDurableAsync(chain, cancellationToken);
            return await context.CommitAsync(new PulledContent(entry, records, _ingested));
        }
        finally
        {
            foreach (var (chainId, layer) in _joined) await context.Layers.LeaveAsync(chainId, layer);
            foreach (var (_, path) in _ingested) File.Delete(path);
        }
    }

    private async Task FetchLayersAsync(
        ResolvedImage resolved,
        IReadOnlyList<Digest> diffIds, IReadOnlyList<Digest> chain, CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(context.Options.MaxParallelLayers);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> fetches = [];
        for (var i = 0; i < chain.Count; i++)
        {
            var source = new LayerSource(resolved.Manifest.Layers[i], diffIds[i], chain[i], client);
            fetches.Add(FetchInSlotAsync(source, slots, stop));
        }
        try
        {
            await FirstFailure(fetches);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(fetches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The error that came first is the cause; the others are its consequences.</summary>
    private static async Task FirstFailure(List<Task> tasks)
    {
        await foreach (var done in Task.WhenEach(tasks)) await done;
    }

    private async Task FetchInSlotAsync(LayerSource source, SemaphoreSlim slots, CancellationTokenSource stop)
    {
        await slots.WaitAsync(stop.Token);
        try
        {
            await FetchAsync(source, stop.Token);
            report(new PullProgress(source.Blob.Digest, source.Blob.Size, source.Blob.Size, true));
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task FetchAsync(LayerSource source, CancellationToken cancellationToken)
    {
        void Progress(long received) => report(new PullProgress(source.Blob.Digest, received, source.Blob.Size, false));
        Progress(0);
        if (context.LayerStore.Find(source.ChainId) is null)
        {
            var layer = context.Layers.Join(source, Progress);
            lock (_joined) _joined.Add((source.ChainId, layer));
            var staged = await layer.Fetch.WaitAsync(cancellationToken);
            lock (_staged) _staged[source.ChainId] = layer;
            if (staged.BlobDigest == source.Blob.Digest) return;
        }
        // Unpacked already, perhaps from a blob that was compressed in another way.
        if (context.Blobs.Has(source.Blob.Digest)) return;
        var path = await context.Fetch.DownloadAsync(source, Progress, cancellationToken);
        lock (_ingested) _ingested.Add((source.Blob.Digest, path));
    }

    private void IngestSmall(Digest digest, byte[] content)
    {
        if (!context.Blobs.Has(digest)) _ingested.Add((digest, context.Blobs.Ingest(content)));
    }

    /// <summary>Finishes what is staged and syncs it, once for all. Nothing new: nothing to sync.</summary>
    private async Task<IReadOnlyList<(StagedLayer, LayerRecord)>> MakeDurableAsync(
        IReadOnlyList<Digest> chain, CancellationToken cancellationToken)
    {
        if (_staged.Count == 0 && _ingested.Count == 0) return [];
        cancellationToken.ThrowIfCancellationRequested();
        return await Task.Factory.StartNew(
            () =>
            {
                List<(StagedLayer, LayerRecord)> records = [];
                for (var i = 0; i < chain.Count; i++)
                {
                    if (!_staged.TryGetValue(chain[i], out var layer) || context.LayerStore.Find(chain[i]) is not null)
                        continue;
                    var below = ImpliedDirectories.Below(i, chain, context.LayerStore, _staged);
                    var id = chain[i];
                    var record = layer.Settle(staged =>
                    {
                        ImpliedDirectories.Settle($"{staged.Directory}/diff", staged.Content, below);
                        return context.LayerStore.WriteRecord(staged, id);
                    });
                    records.Add((layer.Fetch.GetAwaiter().GetResult(), record));
                }
                Linux.Durability.SyncFileSystem(context.Options.Root);
                return records;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
