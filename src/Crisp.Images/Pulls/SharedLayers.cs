using Crisp.Linux;
using Crisp.OciSpec;

namespace Crisp.Images.Pulls;

/// <summary>Layers on their way, each fetched once however many pulls want it.</summary>
internal sealed class SharedLayers(LayerFetch fetch, Trash trash)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, SharedLayer> _layers = [];

    /// <summary>The layer, begun by this call or an earlier one. Whoever joins has to leave.</summary>
    public SharedLayer Join(LayerSource source, Action<long> progress)
    {
        lock (_lock)
        {
            if (!_layers.TryGetValue(source.ChainId, out var layer) || layer.Fetch.IsFaulted || layer.Fetch.IsCanceled)
            {
                layer = new SharedLayer(fetch.Stage())
                {
                    Work = (self, stop) => Task.Run(
                        () => fetch.UnpackAsync(source, self.Directory, self.Report, stop), CancellationToken.None),
                };
                _layers[source.ChainId] = layer;
                layer.Start();
            }
            layer.Holders++;
            layer.Watch(progress);
            return layer;
        }
    }

    /// <summary>The last to leave stops what still runs and removes what was not committed.</summary>
    public async Task LeaveAsync(Digest chainId, SharedLayer layer)
    {
        lock (_lock)
        {
            if (--layer.Holders > 0) return;
            if (_layers.GetValueOrDefault(chainId) == layer) _layers.Remove(chainId);
        }
        layer.Stop();
        await ((Task)layer.Fetch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        trash.Take(layer.Directory);
    }
}
