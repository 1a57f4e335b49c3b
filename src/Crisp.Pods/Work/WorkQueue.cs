namespace Crisp.Pods.Work;

/// <summary>
/// Operations on one object that must not overlap, one after the other in the order of their asking, each to its end
/// without its caller. No lock is held while one runs.
/// </summary>
internal sealed class WorkQueue
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>The caller's patience ends its wait, not the work.</summary>
    internal Task RunAsync(Func<Task> work, CancellationToken patience)
    {
        lock (_gate)
        {
            var before = _last;
            _last = Task.Run(() => RunAfterAsync(before, work), CancellationToken.None);
            return _last.WaitAsync(patience);
        }
    }

    private static async Task RunAfterAsync(Task before, Func<Task> work)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // its own caller hears of its failure
        await work().ConfigureAwait(false);
    }
}
