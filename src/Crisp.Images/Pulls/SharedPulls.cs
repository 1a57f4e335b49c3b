namespace Crisp.Images.Pulls;

/// <summary>
/// Pulls in progress. Equal ones (name and credentials) do the work once; one that nobody waits for stops.
/// </summary>
internal sealed class SharedPulls
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PullKey, SharedPull> _pulls = [];

    public async Task<StoredImage> RunAsync(
        PullKey key, Func<Action<PullProgress>, CancellationToken, Task<StoredImage>> work,
        IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        SharedPull pull;
        lock (_lock)
        {
            if (!_pulls.TryGetValue(key, out var running))
            {
                running = _pulls[key] = new SharedPull();
                running.Start(work);
            }
            pull = running;
            pull.Waiters++;
        }
        using var watching = pull.Watch(progress);
        try
        {
            return await pull.Result.WaitAsync(cancellationToken);
        }
        finally
        {
            await LeaveAsync(key, pull);
        }
    }

    /// <summary>Waits until no pull is under way; new ones are the caller's to prevent.</summary>
    public async Task StopAllAsync()
    {
        List<SharedPull> all;
        lock (_lock) all = [.. _pulls.Values];
        foreach (var pull in all) pull.Stop();
        foreach (var pull in all) await ((Task)pull.Result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LeaveAsync(PullKey key, SharedPull pull)
    {
        lock (_lock)
        {
            if (--pull.Waiters > 0) return;
            if (_pulls.GetValueOrDefault(key) == pull) _pulls.Remove(key);
        }
        pull.Stop();
        await ((Task)pull.Result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
