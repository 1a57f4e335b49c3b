namespace Crisp.Streaming.Server;

/// <summary>
/// An upgraded connection. It knows when nothing was sent either way for too long, and then ends; so it does when the
/// server stops.
/// </summary>
internal sealed class ClientConnection : AsyncStream
{
    private readonly Stream _transport;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTimeout;
    private readonly CancellationTokenSource _ending;
    private readonly ITimer _idle;
    private long _lastActivity;

    public ClientConnection(Stream transport, TimeSpan idleTimeout, TimeProvider time, CancellationToken stopping)
    {
        (_transport, _time, _idleTimeout) = (transport, time, idleTimeout);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _lastActivity = time.GetTimestamp();
        _idle = time.CreateTimer(static connection => ((ClientConnection)connection!).CheckIdle(), this, idleTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The session has to end: nothing was sent for too long, or the server stops.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>The client has ended it: it has read all that it wants, and an orderly close takes nothing from it.</summary>
    public bool IsOver { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await _transport.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _lastActivity, _time.GetTimestamp());
        IsOver |= count == 0 && !buffer.IsEmpty;
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _transport.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _lastActivity, _time.GetTimestamp());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _idle.Dispose();
            _ending.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckIdle()
    {
        TimeSpan left = _idleTimeout - _time.GetElapsedTime(Volatile.Read(ref _lastActivity));
        try
        {
            if (left <= TimeSpan.Zero)
                _ending.Cancel();
            else
                _idle.Change(left, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The session ended at this very moment.
        }
    }
}
