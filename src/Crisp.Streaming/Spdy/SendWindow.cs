namespace Crisp.Streaming.Spdy;

/// <summary>
/// How much may still be sent, of one stream or of all. It is always counted, and kept only for a peer that keeps
/// windows itself: the library of kubectl, kubelet and crictl neither asks for room nor gives any.
/// </summary>
internal sealed class SendWindow(int initial)
{
    private readonly Lock _lock = new();
    private long _left = initial;
    private TaskCompletionSource _changed = NewSource();
    private bool _open;

    /// <summary>How much of that may be sent now; 0: wait.</summary>
    public int Take(int wanted, bool kept)
    {
        lock (_lock)
        {
            var taken = kept && !_open ? (int)Math.Clamp(_left, 0, wanted) : wanted;
            _left -= taken;
            return taken;
        }
    }

    /// <summary>More room, or less by a changed setting; false when that is more than a window can be.</summary>
    public bool TryAdd(long delta)
    {
        lock (_lock)
        {
            _left += delta;
            Wake();
            return _left <= int.MaxValue;
        }
    }

    /// <summary>Nobody has to wait any more: what is written fails, or is dropped.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _open = true;
            Wake();
        }
    }

    /// <summary>Ends when there is room, or has been since the caller looked.</summary>
    public Task WaitAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _left > 0 || _open ? Task.CompletedTask : _changed.Task.WaitAsync(cancellation);
        }
    }

    private void Wake()
    {
        _changed.TrySetResult();
        _changed = NewSource();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
