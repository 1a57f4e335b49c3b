using System.Collections.Concurrent;

namespace Crisp.Linux;

/// <summary>
/// One thread that waits in epoll for all descriptors of the daemon: ended processes, pipes, sockets. It only
/// completes tasks; their continuations run on the thread pool.
/// </summary>
public sealed class EventLoop : IDisposable
{
    private const ulong WakeToken = 0;

    private readonly Epoll _epoll = new();
    private readonly FileDescriptor _wake = EventDescriptor.Create();
    private readonly ConcurrentDictionary<ulong, EventWait> _waits = new();
    private readonly Thread _thread;
    private ulong _lastToken;
    private volatile bool _disposed;

    private EventLoop()
    {
        _epoll.Add(_wake, EpollEvents.Readable, WakeToken);
        _thread = new Thread(Run) { IsBackground = true, Name = "event loop" };
    }

    public static EventLoop Start()
    {
        var loop = new EventLoop();
        loop._thread.Start();
        return loop;
    }

    /// <summary>
    /// Completes when a read would not block (data, end of file, error); for a pidfd: the process has ended.
    /// </summary>
    public Task WaitReadableAsync(FileDescriptor fd, CancellationToken cancellationToken) =>
        WaitAsync(fd, EpollEvents.Readable, cancellationToken);

    /// <summary>Completes when a write would not block (room, or nobody reads any more).</summary>
    public Task WaitWritableAsync(FileDescriptor fd, CancellationToken cancellationToken) =>
        WaitAsync(fd, EpollEvents.Writable, cancellationToken);

    /// <summary>Completes when one of the events, an error or a hang-up is there.</summary>
    public Task WaitAsync(FileDescriptor fd, EpollEvents events, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);

        // Waiting on a duplicate lets several wait for one descriptor, and lets its owner close it meanwhile.
        var wait = new EventWait(fd.Duplicate());
        var token = Interlocked.Increment(ref _lastToken);
        _waits[token] = wait;
        wait.OnCancelled(() => Cancel(token, cancellationToken), cancellationToken);
        try
        {
            wait.Arm(_epoll, events | EpollEvents.OneShot, token);
        }
        catch
        {
            Take(token)?.Release(_epoll);
            throw;
        }

        return wait.Task;
    }

    /// <summary>Ends the thread; waits still open are cancelled.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        EventDescriptor.Set(_wake);
        _thread.Join();
        foreach (var token in _waits.Keys)
            Cancel(token, new CancellationToken(true));
        _wake.Dispose();
        _epoll.Dispose();
    }

    private void Run()
    {
        Span<EpollReady> ready = new EpollReady[64];
        while (!_disposed)
        {
            var count = _epoll.Wait(ready, timeoutMillis: -1);
            for (var i = 0; i < count; i++)
            {
                if (ready[i].Token != WakeToken && Take(ready[i].Token) is { } wait)
                {
                    wait.Release(_epoll);
                    wait.Complete();
                }
            }
        }
    }

    private void Cancel(ulong token, CancellationToken cancellationToken)
    {
        if (Take(token) is not { } wait)
            return;
        wait.Release(_epoll);
        wait.Cancel(cancellationToken);
    }

    /// <summary>Whoever takes a wait out is the only one to end it.</summary>
    private EventWait? Take(ulong token) => _waits.TryRemove(token, out var wait) ? wait : null;
}
