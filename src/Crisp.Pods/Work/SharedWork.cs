namespace Crisp.Pods.Work;

/// <summary>
/// An operation on one object that runs at most once at a time and without its callers: whoever asks while it runs
/// joins it, whoever asks afterwards starts it anew (such operations are idempotent). No lock is held while it runs.
/// </summary>
internal sealed class SharedWork
{
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Joins what runs, or starts it; the caller's patience ends its wait, not the work.</summary>
    internal Task RunAsync(Func<Task> work, CancellationToken patience) => Join(work).WaitAsync(patience);

    /// <summary>Completes when what runs now has ended, well or badly.</summary>
    internal async Task QuietAsync()
    {
        Task running;
        lock (_gate)
            running = _running;
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task Join(Func<Task> work)
    {
        lock (_gate)
        {
            if (_running.IsCompleted)
                _running = Task.Run(work);
            return _running;
        }
    }
}
