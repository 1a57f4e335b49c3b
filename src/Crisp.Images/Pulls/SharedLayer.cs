using Crisp.Images.Layers;

namespace Crisp.Images.Pulls;

#pragma warning disable CA1001 // nothing to dispose of: no timer and no wait handle behind it

/// <summary>A layer on its way that one or more pulls wait for. It stops when the last of them lets go.</summary>
internal sealed class SharedLayer(string directory)
{
    private readonly CancellationTokenSource _stop = new();
    private Action<long>? _progress;
    private LayerRecord? _record;

    public string Directory { get; } = directory;

    /// <summary>Set once, before anyone else sees the object.</summary>
    public required Func<SharedLayer, CancellationToken, Task<StagedLayer>> Work { private get; init; }

    public Task<StagedLayer> Fetch { get; private set; } = new TaskCompletionSource<StagedLayer>().Task; // until Start

    /// <summary>Pulls that hold it; changed under the owner's lock.</summary>
    public int Holders { get; set; }

    /// <summary>Finishes the fetched layer, once however many pulls share it.</summary>
    public LayerRecord Settle(Func<StagedLayer, LayerRecord> settle)
    {
        lock (_stop) return _record ??= settle(Fetch.GetAwaiter().GetResult());
    }

    /// <summary>
    /// A failure reaches whoever waits; of layers that nobody waits for any more it is nobody's business.
    /// </summary>
    public void Start()
    {
        Fetch = Work(this, _stop.Token);
        _ = Fetch.ContinueWith(fetch => fetch.Exception,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously);
    }

    public void Stop() => _stop.Cancel();

    public void Watch(Action<long> progress) => _progress += progress;

    public void Report(long received) => _progress?.Invoke(received);
}
