namespace Crisp.Testing.Spdy;

/// <summary>
/// What may still be sent before the peer has to give room again; a receiver may also have given too much.
/// </summary>
internal sealed class SpdyWindow
{
    internal const int Initial = 64 * 1024;

    private readonly Lock _lock = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _room = Initial;

    internal void Grow(long delta)
    {
        lock (_lock)
        {
            _room += delta;
            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Takes some room, at most so much, and waits while there is none.</summary>
    internal async Task<int> TakeAsync(int wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task grown;
            lock (_lock)
            {
                if (_room > 0)
                {
                    var taken = (int)Math.Min(wanted, _room);
                    _room -= taken;
                    return taken;
                }

                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellationToken);
        }
    }
}
