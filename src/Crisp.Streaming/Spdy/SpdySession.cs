using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Crisp.Streaming.Spdy;

/// <summary>
/// One SPDY/3.1 session over a connection that was upgraded to it, for either end. Streams of the peer come out of
/// <see cref="Accepted"/>, own ones are made by <see cref="OpenStreamAsync"/>.
/// <para>
/// Flow control: we say our windows. Those of the peer are kept once it has said or granted one; a peer that does
/// neither (moby/spdystream) gets what it reads, and its own excess is held back by the transport. A client grants room
/// only to a server that has said its windows: one that has not does not read grants, and when it closes its connection
/// over unread bytes, the kernel takes the end of its output away from us.
/// </para>
/// </summary>
public sealed partial class SpdySession : IAsyncDisposable
{
    private readonly Stream _transport;
    private readonly SpdyRole _role;
    private readonly SpdyFrameReader _reader;
    private readonly SpdyFrameWriter _writer;
    private readonly SpdyHeaderDecoder _headers = new();
    private readonly ConcurrentDictionary<uint, SpdyStream> _streams = new();
    private readonly ConcurrentDictionary<uint, TaskCompletionSource> _pings = new();
    private readonly Channel<SpdyStream> _accepted = Channel.CreateUnbounded<SpdyStream>();
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _opening = new();
    private uint _nextStreamId;
    private uint _nextPingId;
    private uint _lastPeerStreamId;
    private int _sessionCredit;
    private int _peerInitialWindow = SpdyLimits.DefaultWindow;
    private Task _completion = Task.CompletedTask;

    private SpdySession(Stream transport, SpdyRole role)
    {
        _transport = transport;
        _role = role;
        _reader = new SpdyFrameReader(transport);
        _writer = new SpdyFrameWriter(transport);
        _nextStreamId = _nextPingId = role == SpdyRole.Client ? 1u : 2u;
    }

    /// <summary>The peer's streams, in their order; ends with the session. Each is to be replied to or reset.</summary>
    public ChannelReader<SpdyStream> Accepted => _accepted.Reader;

    /// <summary>
    /// Ends when the session is over, whoever ended it; never faults. <see cref="Failure"/> then has the reason, if
    /// any.
    /// </summary>
    public Task Completion => _completion;

    /// <summary>Cancelled with the end of the session.</summary>
    public CancellationToken Ended => _ending.Token;

    /// <summary>Why the session ended, unless the peer closed it between two frames or it was disposed of.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The peer takes no new streams.</summary>
    public bool IsGoingAway { get; private set; }

    internal SendWindow SendWindow { get; } = new(SpdyLimits.DefaultWindow);

    /// <summary>Whether the peer keeps windows, and so expects it of us.</summary>
    internal bool KeepsWindows { get; private set; }

    internal bool GrantsWindows => _role == SpdyRole.Server || KeepsWindows;

    internal SpdyFrameWriter Writer => _writer;

    /// <summary>Takes over the transport, and begins to read.</summary>
    public static SpdySession Start(Stream transport, SpdyRole role)
    {
        var session = new SpdySession(transport, role);
        session._completion = session.RunAsync();
        return session;
    }

    /// <summary>
    /// Begins a stream. It can be written to at once; <see cref="SpdyStream.Replied"/> tells whether the peer took it.
    /// </summary>
    public async Task<SpdyStream> OpenStreamAsync(
        IReadOnlyDictionary<string, string> headers, CancellationToken cancellation)
    {
        if (IsGoingAway || _ending.IsCancellationRequested)
            throw new IOException("the session is ending: it takes no new streams");
        SpdyStream stream;
        Task sent;
        lock (_opening) // IDs go out in their order: the writer queues in the order of calls
        {
            stream = new SpdyStream(this, _nextStreamId, headers, _peerInitialWindow);
            _nextStreamId += 2;
            _streams[stream.Id] = stream;
            sent = _writer.SynStreamAsync(stream.Id, headers, cancellation);
        }

        if (_ending.IsCancellationRequested)
            stream.Fail(SessionOver()); // the loop that reads has ended: nobody else completes it
        try
        {
            await sent.ConfigureAwait(false);
            return stream;
        }
        catch
        {
            Forget(stream);
            throw;
        }
    }

    /// <summary>The peer has all the streams that it needs: any other, begun already or later, is refused.</summary>
    public void StopAccepting()
    {
        _accepted.Writer.TryComplete();
        while (_accepted.Reader.TryRead(out var stream))
            stream.Reset(SpdyStatus.RefusedStream);
    }

    /// <summary>Sends a ping and waits for its echo.</summary>
    public async Task PingAsync(CancellationToken cancellation)
    {
        var id = Interlocked.Add(ref _nextPingId, 2) - 2;
        var echo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pings[id] = echo;
        try
        {
            _writer.Ping(id);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ending.Token);
            await echo.Task.WaitAsync(either.Token).ConfigureAwait(false);
        }
        finally
        {
            _pings.TryRemove(id, out _);
        }
    }

    /// <summary>
    /// Says that nothing more comes, then reads on, dropping everything, until the peer has closed: a connection closed
    /// over unread bytes would take away what the peer has not read yet. Gives up with the token.
    /// </summary>
    public async Task CloseAsync(CancellationToken patience)
    {
        try
        {
            await _writer.GoAwayAsync(_lastPeerStreamId, SpdyStatus.None).WaitAsync(patience).ConfigureAwait(false);
            foreach (var stream in _streams.Values)
                stream.Discard();
            await _completion.WaitAsync(patience).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException
            or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The peer is gone, or does not go: the transport is closed in either case.
        }
    }

    /// <summary>Ends it at once, with the transport.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
        await _completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    internal void Forget(SpdyStream stream) => _streams.TryRemove(stream.Id, out _);

    private async Task RunAsync()
    {
        try
        {
            _writer.InitialWindow(SpdyLimits.ReceiveWindow);
            while (await _reader.ReadHeaderAsync(_ending.Token).ConfigureAwait(false) is { } header)
                await ReceiveAsync(header).ConfigureAwait(false);
        }
        catch (SpdyProtocolException e)
        {
            Failure = e;
            await _writer.GoAwayAsync(_lastPeerStreamId, SpdyStatus.ProtocolError).WaitAsync(SpdyLimits.Farewell)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception) when (_ending.IsCancellationRequested)
        {
            // Disposed of: nothing that is read or written then means anything.
        }
        catch (Exception e)
        {
            Failure = e;
        }
        finally
        {
            await EndAsync().ConfigureAwait(false);
        }
    }

    private async Task EndAsync()
    {
        IsGoingAway = true;
        await _ending.CancelAsync().ConfigureAwait(false);
        _accepted.Writer.TryComplete();
        SendWindow.Open();
        foreach (var stream in _streams.Values)
            stream.Fail(SessionOver());
        _streams.Clear();
        _reader.Dispose();
    }

    private IOException SessionOver() =>
        new($"the session is over: {Failure?.Message ?? "the connection was closed"}", Failure);
}
