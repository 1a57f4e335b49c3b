namespace Crisp.Images.Pulls;

#pragma warning disable CA1001 // nothing to dispose of: no timer and no wait handle behind it

/// <summary>One pull with its waiters.</summary>
internal sealed class SharedPull
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<IProgress<PullProgress>> _watchers = [];

    public Task<StoredImage> Result { get; private set; } = new TaskCompletionSource<StoredImage>().Task; // until Start

    /// <summary>Changed under the owner's lock.</summary>
    public int Waiters { get; set; }

    /// <summary>A failure reaches whoever waits; when all have gone away it is nobody's business.</summary>
    public void Start(Func<Action<PullProgress>, CancellationToken, Task<StoredImage>> work)
    {
        Result = Task.Run(() => work(Report, _stop.Token), CancellationToken.None);
        _ = Result.ContinueWith(pull => pull.Exception,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously);
    }

    public void Stop() => _stop.Cancel();

    /// <summary>Sends reports to a watcher until disposed.</summary>
    public IDisposable? Watch(IProgress<PullProgress>? watcher)
    {
        if (watcher is null) return null;
        lock (_lock) _watchers.Add(watcher);
        return new Watching(this, watcher);
    }

    private void Report(PullProgress progress)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers) watcher.Report(progress);
        }
    }

    private sealed class Watching(SharedPull pull, IProgress<PullProgress> watcher) : IDisposable
    {
        public void Dispose()
        {
            lock (pull._lock) pull._watchers.Remove(watcher);
        }
    }
}
