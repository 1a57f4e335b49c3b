using System.IO.Pipelines;

namespace Crisp.Streaming.Spdy;

/// <summary>
/// One stream of a session, read and written like any other. One reader and one writer at a time. Reading gives 0 at
/// the peer's FIN and throws when the stream was reset or the session ended before.
/// </summary>
public sealed class SpdyStream : AsyncStream
{
    // A peer that keeps its window never fills the pipe, so that no stream holds up the session for another.
    private static readonly PipeOptions s_pipeOptions = new(
        pauseWriterThreshold: 2 * SpdyLimits.ReceiveWindow, resumeWriterThreshold: SpdyLimits.ReceiveWindow,
        minimumSegmentSize: 16 * 1024, useSynchronizationContext: false);

    private static readonly Dictionary<string, string> s_noHeaders = [];

    private readonly SpdySession _session;
    private readonly Pipe _received = new(s_pipeOptions);
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> _replied =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Exception? _failure;
    private long _granted = SpdyLimits.ReceiveWindow;
    private int _held;
    private int _ungranted;
    private bool _receiveEnded;
    private bool _sendEnded;
    private bool _discarding;
    private bool _abandoned;

    internal SpdyStream(SpdySession session, uint id, IReadOnlyDictionary<string, string> headers, int peerWindow)
    {
        _session = session;
        Id = id;
        Headers = headers;
        SendWindow = new SendWindow(peerWindow);
    }

    public uint Id { get; }

    /// <summary>What the stream was begun with; names in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The headers of the peer's reply to a stream of ours; faults when it was refused.</summary>
    public Task<IReadOnlyDictionary<string, string>> Replied => _replied.Task;

    /// <summary>
    /// Of a stream that the peer began, and that so gets no reply: ends when it is reset, or with the session.
    /// </summary>
    internal Task Broken => _replied.Task;

    internal SendWindow SendWindow { get; }

    /// <summary>Takes a stream that the peer began. Its peer may drop data that comes before this.</summary>
    public Task ReplyAsync(CancellationToken cancellation) =>
        _session.Writer.SynReplyAsync(Id, s_noHeaders, cancellation);

    /// <summary>Ends the stream in both directions.</summary>
    public void Reset(SpdyStatus status)
    {
        _session.Forget(this);
        _abandoned = true;
        Break(new SpdyStreamResetException(Id, status));
        _session.Writer.RstStream(Id, status);
    }

    /// <summary>FIN: nothing more is written. Reading goes on.</summary>
    public async Task CloseWriteAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_sendEnded || _failure is not null)
                return;
            _sendEnded = true;
        }

        await _session.Writer.DataAsync(Id, ReadOnlyMemory<byte>.Empty, fin: true, cancellation).ConfigureAwait(false);
        ForgetIfOver();
    }

    /// <summary>Nobody reads any more: what is held and comes is dropped, and the peer need not wait.</summary>
    public void Discard()
    {
        int held;
        lock (_lock)
        {
            if (_discarding)
                return;
            _discarding = true;
            held = _held;
        }

        _received.Writer.CancelPendingFlush();
        _received.Reader.CancelPendingRead();
        Grant(held);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ReadResult result;
        do
        {
            ThrowIfAbandoned();
            result = await _received.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCanceled)
                _received.Reader.AdvanceTo(result.Buffer.Start); // only to look again at what has become of the stream
        }
        while (result.IsCanceled);

        var count = (int)Math.Min(result.Buffer.Length, buffer.Length);
        var at = 0;
        foreach (var segment in result.Buffer.Slice(0, count))
        {
            segment.CopyTo(buffer[at..]);
            at += segment.Length;
        }

        _received.Reader.AdvanceTo(result.Buffer.GetPosition(count));
        if (count == 0 && !buffer.IsEmpty)
            ThrowIfUnfinished();
        Interlocked.Add(ref _held, -count);
        Grant(count);
        return count;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var count = await ReserveAsync(
                Math.Min(buffer.Length, SpdyLimits.DataFrameBytes), cancellationToken).ConfigureAwait(false);
            await _session.Writer.DataAsync(Id, buffer[..count], fin: false, cancellationToken).ConfigureAwait(false);
            buffer = buffer[count..];
        }
    }

    /// <summary>Counts what comes; false when a peer that keeps windows broke this one.</summary>
    internal bool TryReceive(int length, bool kept)
    {
        var left = Interlocked.Add(ref _granted, -length);
        return left >= 0 || !kept;
    }

    /// <summary>
    /// Holds a piece for the reader, and waits while too much is held. Called by the session's loop alone.
    /// </summary>
    internal async ValueTask ReceiveAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellation)
    {
        bool wanted;
        lock (_lock)
        {
            wanted = !_discarding && !_receiveEnded && _failure is null;
            if (wanted)
                _held += piece.Length;
        }

        if (wanted)
            await _received.Writer.WriteAsync(piece, cancellation).ConfigureAwait(false);
        else
            Grant(piece.Length);
    }

    /// <summary>The peer's FIN. Called by the session's loop alone.</summary>
    internal void ReceiveEnd()
    {
        lock (_lock)
        {
            if (_receiveEnded)
                return;
            _receiveEnded = true;
        }

        _received.Writer.Complete();
        ForgetIfOver();
    }

    internal void ReceiveReply(IReadOnlyDictionary<string, string> headers) => _replied.TrySetResult(headers);

    /// <summary>The peer began it as one way.</summary>
    internal void SendNothing() => _sendEnded = true;

    /// <summary>The peer reset the stream, or the session ended. Called by the session's loop alone.</summary>
    internal void Fail(Exception failure)
    {
        var unfinished = !_receiveEnded;
        Break(failure);
        if (unfinished)
            _received.Writer.Complete();
    }

    /// <summary>Lets everybody who waits on the stream see that it failed.</summary>
    internal void Break(Exception failure)
    {
        lock (_lock)
        {
            _failure ??= failure;
        }

        SendWindow.Open();
        if (_replied.TrySetException(failure))
            _ = _replied.Task.Exception; // whoever waits for a reply sees it; for others it is no error
        _received.Writer.CancelPendingFlush();
        _received.Reader.CancelPendingRead();
    }

    private async ValueTask<int> ReserveAsync(int wanted, CancellationToken cancellation)
    {
        while (true)
        {
            var kept = _session.KeepsWindows;
            var mine = SendWindow.Take(wanted, kept);
            var shared = mine == 0 ? 0 : _session.SendWindow.Take(mine, kept);
            ThrowIfUnwritable();
            if (shared < mine)
                SendWindow.TryAdd(mine - shared);
            if (shared > 0)
                return shared;
            await (mine == 0 ? SendWindow : _session.SendWindow).WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void ThrowIfUnwritable()
    {
        lock (_lock)
        {
            if (_failure is not null)
                throw new IOException(_failure.Message, _failure);
            if (_sendEnded)
                throw new IOException($"stream {Id} was closed for writing");
        }
    }

    private void ThrowIfAbandoned()
    {
        lock (_lock)
        {
            if (_discarding)
                throw new OperationCanceledException("the stream is not read any more");
            if (_abandoned)
                throw new IOException(_failure?.Message, _failure);
        }
    }

    /// <summary>
    /// What came before the peer's reset is given out first: servers of Go write how a command ended and reset at once.
    /// </summary>
    private void ThrowIfUnfinished()
    {
        lock (_lock)
        {
            if (_failure is not null && !_receiveEnded)
                throw _failure is SpdyStreamResetException reset
                    ? new SpdyStreamResetException(Id, reset.Status)
                    : new IOException(_failure.Message, _failure);
        }
    }

    /// <summary>Gives the peer room again, in steps of half a window.</summary>
    private void Grant(int count)
    {
        if (!_session.GrantsWindows)
            return;
        int delta;
        lock (_lock)
        {
            _ungranted += count;
            if (_ungranted < SpdyLimits.ReceiveWindow / 2 || _receiveEnded || _failure is not null)
                return;
            delta = _ungranted;
            _ungranted = 0;
        }

        Interlocked.Add(ref _granted, delta);
        _session.Writer.WindowUpdate(Id, delta);
    }

    private void ForgetIfOver()
    {
        bool over;
        lock (_lock)
            over = _receiveEnded && _sendEnded;
        if (over)
            _session.Forget(this);
    }
}
