namespace Crisp.Streaming.Server;

/// <summary>
/// An upgraded connection. It knows when nothing was sent either way for too long, and then ends; so it does when the
/// server stops, and when the client has gone while nobody reads here.
/// </summary>
/// <remarks>
/// A client that goes is seen by the read that its connection ends. A session whose command reads no input does not
/// read on, though: what the client has sent stands before the end of its connection. So a session that does not read
/// is looked at from time to time.
/// </remarks>
internal sealed class ClientConnection : AsyncStream
{
    /// <summary>A session that has not read on for so long is held back by its command.</summary>
    private static readonly TimeSpan s_stall = TimeSpan.FromSeconds(1);

    private readonly Stream _transport;
    private readonly Func<bool> _isClientGone;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTimeout;
    private readonly CancellationTokenSource _ending;
    private readonly ITimer _idle;
    private readonly ITimer _stall;
    private long _lastActivity;
    private long _reads;
    private long _readsSeen;
    private bool _isReading;
    private int _isWatched;

    public ClientConnection(
        Stream transport, Func<bool> isClientGone, TimeSpan idleTimeout, TimeProvider time, CancellationToken stopping)
    {
        (_transport, _isClientGone, _time, _idleTimeout) = (transport, isClientGone, time, idleTimeout);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _lastActivity = time.GetTimestamp();
        _idle = time.CreateTimer(static connection => ((ClientConnection)connection!).CheckIdle(),
            this, idleTimeout, Timeout.InfiniteTimeSpan);
        _stall = time.CreateTimer(static connection => ((ClientConnection)connection!).CheckStall(),
            this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// The session has to end: nothing was sent for too long, the client has gone unread, or the server stops.
    /// </summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>
    /// The client has ended it: it has read all that it wants, and an orderly close takes nothing from it.
    /// </summary>
    public bool IsOver { get; set; }

    /// <summary>The session ends because the client went while nobody read what it had sent.</summary>
    public bool WentUnread { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        Volatile.Write(ref _isReading, true);
        int count = await _transport.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _isReading, false);
        Volatile.Write(ref _lastActivity, _time.GetTimestamp());
        IsOver |= count == 0 && !buffer.IsEmpty;
        if (count > 0)
            Watch();
        return count;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _transport.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _lastActivity, _time.GetTimestamp());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _idle.Dispose();
            _stall.Dispose();
            _ending.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// Costs nothing while one look is due already, and there is none while the session waits for its client.
    /// </summary>
    private void Watch()
    {
        if (Interlocked.Exchange(ref _isWatched, 1) == 0)
            _stall.Change(s_stall, Timeout.InfiniteTimeSpan);
    }

    private void CheckStall()
    {
        try
        {
            if (Volatile.Read(ref _isReading))
            {
                Interlocked.Exchange(ref _isWatched, 0); // seen before the next line looks: a plain write is not
                if (!Volatile.Read(ref _isReading))
                    Watch(); // the read ended between the two
                return;
            }

            bool isStuck = Interlocked.Read(ref _reads) == _readsSeen;
            _readsSeen = Interlocked.Read(ref _reads);
            if (isStuck && _isClientGone())
            {
                WentUnread = true;
                _ending.Cancel();
                return;
            }

            _stall.Change(s_stall, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The session ended at this very moment.
        }
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
