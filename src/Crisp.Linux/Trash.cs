namespace Crisp.Linux;

/// <summary>
/// Deletes in the background: a thing is renamed into the trash directory at once, and gone from sight, and its tree
/// is removed later. What a killed daemon left there is removed at the next start. A thread is there only while there
/// is something to delete.
/// </summary>
public sealed class Trash : IAsyncDisposable
{
    private readonly string _directory;
    private readonly Action<string, Exception> _notRemoved;
    private readonly Lock _gate = new();
    private readonly Queue<string> _pending = [];
    private Task _worker = Task.CompletedTask;
    private long _number;

    /// <param name="directory">An own directory, on the file system of what is to be thrown away.</param>
    /// <param name="notRemoved">Told of what could not be deleted; it stays until the next start.</param>
    public Trash(string directory, Action<string, Exception> notRemoved)
    {
        _directory = directory;
        _notRemoved = notRemoved;
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var left in Directory.EnumerateFileSystemEntries(directory))
        {
            _pending.Enqueue(left);
            // Names are numbers: new ones come after the old.
            if (long.TryParse(Path.GetFileName(left), out var number))
                _number = Math.Max(_number, number);
        }

        if (_pending.Count > 0)
            _worker = StartWorker();
    }

    /// <summary>Takes whatever has the path; not there is fine. On another file system it is deleted at once.</summary>
    public void Take(string path)
    {
        var aside = $"{_directory}/{Interlocked.Increment(ref _number)}";
        try
        {
            if (!Files.TryMove(path, aside))
                return;
        }
        catch (SyscallException error) when (error.Errno is Errno.ENOSPC or Errno.EDQUOT or Errno.EXDEV)
        {
            TreeRemoval.Remove(path); // no room for one more name is the last reason not to make room
            return;
        }

        lock (_gate)
        {
            _pending.Enqueue(aside);
            if (_pending.Count == 1)
                _worker = StartWorker();
        }
    }

    /// <summary>Finishes what is pending.</summary>
    public async ValueTask DisposeAsync()
    {
        Task worker;
        lock (_gate)
            worker = _worker;
        await worker.ConfigureAwait(false);
    }

    private Task StartWorker() => Task.Factory.StartNew(
        Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>A path stays in the queue until it is gone: an empty queue means that nobody works.</summary>
    private void Work()
    {
        while (true)
        {
            string path;
            lock (_gate)
            {
                if (!_pending.TryPeek(out path!))
                    return;
            }

            Remove(path);
            lock (_gate)
            {
                _pending.Dequeue();
                if (_pending.Count == 0)
                    return;
            }
        }
    }

    private void Remove(string path)
    {
        try
        {
            TreeRemoval.Remove(path);
        }
        catch (Exception error) // whatever it is, the rest must go
        {
            _notRemoved(path, error);
        }
    }
}
