using System.Collections.Concurrent;

namespace Crisp.Testing.Spdy;

/// <summary>
/// A client's end of a SPDY/3.1 session, written from the specification alone: a witness that shares no code with what
/// it is used to judge.
/// </summary>
public sealed class SpdyConnection : IAsyncDisposable
{
    private readonly Stream _connection;
    private readonly SpdyHeaderBlocks _headers = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentDictionary<uint, SpdyStream> _streams = new();
    private readonly ConcurrentDictionary<uint, TaskCompletionSource> _pings = new();
    private readonly SpdyWindow _sendWindow = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _reading;
    private uint _nextStream = 1;
    private uint _nextPing = 1;

    public SpdyConnection(UpgradeAnswer answer, SpdyTemper temper)
    {
        Protocol = answer.Protocol;
        _connection = answer.Connection;
        Temper = temper;
        _reading = ReadAllAsync();
    }

    public SpdyTemper Temper { get; }

    /// <summary>What the server picked of the protocols it was offered.</summary>
    public string Protocol { get; }

    /// <summary>Each frame that was sent, for tests that send them again, spoilt.</summary>
    public ConcurrentQueue<byte[]> Sent { get; } = new();

    /// <summary>The frames that came, but for data.</summary>
    public ConcurrentQueue<SpdyFrame> Received { get; } = new();

    /// <summary>Ends when the server closes the connection, and throws when it breaks the protocol.</summary>
    public Task Ended => _reading;

    public static async Task<SpdyConnection> OpenAsync(
        UpgradeRequest request, SpdyTemper temper, CancellationToken cancellationToken)
    {
        var answer = await request.SendAsync(cancellationToken);
        if (answer.Status == 101)
            return new SpdyConnection(answer, temper);
        await answer.DisposeAsync();
        throw new UpgradeRefusedException(answer);
    }

    /// <summary>Opens a stream and waits for its reply.</summary>
    public async Task<SpdyStream> OpenStreamAsync(
        IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        SpdyStream stream;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // Compression has a memory, and IDs may only rise: both need the order of the wire.
            stream = new SpdyStream(this, _nextStream);
            _nextStream += 2;
            _streams[stream.Id] = stream;
            await WriteAsync(SpdyFrame.SynStream(stream.Id, _headers.Compress(headers)).ToBytes(), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }

        await stream.Replied.WaitAsync(cancellationToken);
        return stream;
    }

    /// <summary>Returns when the answer has come.</summary>
    public async Task PingAsync(CancellationToken cancellationToken)
    {
        var id = Interlocked.Add(ref _nextPing, 2) - 2;
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pings[id] = answered;
        await SendAsync(SpdyFrame.Ping(id), cancellationToken);
        await answered.Task.WaitAsync(cancellationToken);
    }

    public Task SendAsync(SpdyFrame frame, CancellationToken cancellationToken) =>
        SendBytesAsync(frame.ToBytes(), cancellationToken);

    /// <summary>Bytes as they are, frames or not.</summary>
    public async Task SendBytesAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await WriteAsync(bytes, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Breaks off without a word, as a client does that is killed. client-go says GOAWAY before.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _connection.DisposeAsync();
        await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
        _headers.Dispose();
    }

    internal async Task<int> TakeRoomAsync(SpdyStream stream, int wanted, CancellationToken cancellationToken)
    {
        if (Temper == SpdyTemper.ClientGo)
            return wanted;
        var room = await stream.SendWindow.TakeAsync(wanted, cancellationToken);
        var common = await _sendWindow.TakeAsync(room, cancellationToken);
        stream.SendWindow.Grow(room - common);
        return common;
    }

    internal async Task GiveBackAsync(SpdyStream stream, int count)
    {
        if (Temper == SpdyTemper.ClientGo || _reading.IsCompleted)
            return;
        await SendAsync(SpdyFrame.WindowUpdate(stream.Id, (uint)count), _disposed.Token);
        await SendAsync(SpdyFrame.WindowUpdate(0, (uint)count), _disposed.Token);
    }

    private async Task WriteAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        // A recording is for small sessions; the data of a large one would fill the memory.
        if (Sent.Count < 10_000 && bytes.Length < 4096)
            Sent.Enqueue(bytes);
        await _connection.WriteAsync(bytes, cancellationToken);
    }

    private async Task ReadAllAsync()
    {
        Exception end = new EndOfStreamException("the server closed the connection");
        try
        {
            await using var buffered = new BufferedStream(_connection, 64 * 1024);
            while (await SpdyFrame.ReadAsync(buffered, _disposed.Token) is { } frame)
                await HandleAsync(frame);
        }
        catch (Exception e)
        {
            end = e;
            throw;
        }
        finally
        {
            foreach (var stream in _streams.Values)
                stream.EndReceiving(end);
            foreach (var ping in _pings.Values)
                ping.TrySetException(end);
        }
    }

    private async Task HandleAsync(SpdyFrame frame)
    {
        if (frame.Type != SpdyFrameType.Data && Received.Count < 10_000)
            Received.Enqueue(frame);
        _streams.TryGetValue(frame.StreamId, out var stream);
        switch (frame.Type)
        {
            case SpdyFrameType.Data when stream is not null:
                await stream.ReceiveAsync(frame.Payload);
                break;
            case SpdyFrameType.SynReply:
                var headers = _headers.Decompress(frame.HeaderBlock);
                stream?.Reply(headers);
                break;
            case SpdyFrameType.RstStream:
                stream?.EndReceiving(new SpdyResetException(frame.StreamId, (SpdyStatus)frame.Second));
                break;
            case SpdyFrameType.Ping when frame.StreamId % 2 == 0:
                await SendAsync(frame, _disposed.Token);
                break;
            case SpdyFrameType.Ping:
                if (_pings.TryRemove(frame.StreamId, out var ping))
                    ping.TrySetResult();
                break;
            case SpdyFrameType.WindowUpdate:
                (frame.StreamId == 0 ? _sendWindow : stream?.SendWindow)?.Grow(frame.Second);
                break;
            case SpdyFrameType.SynStream:
                throw new InvalidDataException("a runtime opens no streams");
        }

        if (frame.IsFin && frame.Type is SpdyFrameType.Data or SpdyFrameType.SynReply)
            stream?.EndReceiving();
    }
}
