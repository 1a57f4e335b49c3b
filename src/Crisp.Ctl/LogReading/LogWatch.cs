namespace Crisp.Ctl.LogReading;

/// <summary>Tells that a log file has grown, and that another one has taken its name (rotation).</summary>
internal sealed class LogWatch : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly SemaphoreSlim _changed = new(0, 1);
    private int _replaced;

    internal LogWatch(string path)
    {
        var name = Path.GetFileName(path);
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/")
        {
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        _watcher.Changed += (_, change) => Signal(change.Name == name, replaced: false);
        _watcher.Created += (_, change) => Signal(change.Name == name, replaced: true);
        _watcher.Renamed += (_, change) => Signal(change.Name == name, replaced: true);
        // Events were lost: look at everything again. A file opened anew by mistake would be printed twice, so a
        // replacement is only assumed when its event came.
        _watcher.Error += (_, _) => Signal(isOurs: true, replaced: false);
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>True once for each time that another file has taken the name.</summary>
    internal bool TakeReplaced() => Interlocked.Exchange(ref _replaced, 0) == 1;

    /// <summary>False when nothing happened within the time.</summary>
    internal Task<bool> WaitAsync(TimeSpan time, CancellationToken ct) => _changed.WaitAsync(time, ct);

    public void Dispose()
    {
        _watcher.Dispose();
        _changed.Dispose();
    }

    private void Signal(bool isOurs, bool replaced)
    {
        if (!isOurs) return;
        if (replaced) Interlocked.Exchange(ref _replaced, 1);
        try
        {
            if (_changed.CurrentCount == 0) _changed.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Signalled by another event already, or nobody waits any more.
        }
    }
}
