using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.WebSockets;

namespace Crisp.Streaming.Sessions;

/// <summary>Exec and attach over WebSocket: five numbered channels, there from the start.</summary>
internal sealed class WebSocketCommandConnection : ICommandConnection
{
    private const int HeldBytes = 128 * 1024;

    private readonly WebSocket _socket;
    private readonly WebSocketChannels _channels;
    private readonly string? _protocol;
    private readonly CommandRequest _request;
    private readonly Pipe _stdin = new(new PipeOptions(
        pauseWriterThreshold: HeldBytes, resumeWriterThreshold: HeldBytes / 2, minimumSegmentSize: 16 * 1024,
        useSynchronizationContext: false));

    private readonly Channel<TerminalSize> _sizes = Channel.CreateBounded<TerminalSize>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly ChannelInput _input;
    private readonly CancellationTokenSource _vanished = new();
    private readonly CancellationTokenSource _disposed = new();
    private Task _receiving = Task.CompletedTask;
    private bool _ended;
    private bool _stdinEnded;

    public WebSocketCommandConnection(WebSocket socket, string? protocol, CommandRequest request)
    {
        (_socket, _protocol, _request) = (socket, protocol, request);
        _input = new ChannelInput(_stdin.Reader);
        _channels = new WebSocketChannels(socket, IsBase64(protocol) ? ChannelEncoding.Base64 : ChannelEncoding.Binary);
    }

    public CancellationToken Vanished => _vanished.Token;

    public static bool IsBase64(string? protocol) => protocol is StreamProtocols.V4Base64 or StreamProtocols.V1Base64;

    public async Task<RemoteStreams> OpenAsync(CancellationToken cancellation)
    {
        // An empty message on the first channel tells a client that waits for it that it is connected.
        byte first = _request.Stdout
            ? StreamChannels.Stdout
            : _request.Stderr ? StreamChannels.Stderr : StreamChannels.Error;
        await _channels.SendAsync(first, ReadOnlyMemory<byte>.Empty, cancellation).ConfigureAwait(false);
        _receiving = ReceiveAsync();
        return new RemoteStreams
        {
            Stdin = _request.Stdin ? _input : null,
            Stdout = _request.Stdout ? new ChannelWriteStream(_channels, StreamChannels.Stdout) : null,
            Stderr = _request.Stderr ? new ChannelWriteStream(_channels, StreamChannels.Stderr) : null,
            Sizes = _request.Tty ? _sizes.Reader.ReadAllAsync(CancellationToken.None) : null,
        };
    }

    public async Task EndAsync(StatusMessage status, CancellationToken patience)
    {
        Volatile.Write(ref _ended, true);
        _stdin.Writer.CancelPendingFlush();
        _input.Release();
        try
        {
            if (HasStatus)
                await _channels.SendAsync(
                    StreamChannels.Error, ExitMessage.Write(status), patience).ConfigureAwait(false);
            else if (status.Status != "Success")
                await _channels.SendAsync(
                    StreamChannels.Error, Encoding.UTF8.GetBytes(status.Message ?? ""), patience).ConfigureAwait(false);
            await _channels.CloseAsync(WebSocketCloseStatus.NormalClosure, "", patience).ConfigureAwait(false);
            await _receiving.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (Exception e) when (e is WebSocketException
            or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody hears it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        _stdin.Writer.CancelPendingFlush();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _channels.Dispose();
    }

    private bool HasStatus => _protocol is StreamProtocols.V5 or StreamProtocols.V4 or StreamProtocols.V4Base64;

    private async Task ReceiveAsync()
    {
        bool isClosed = false;
        try
        {
            await _channels.ReceiveAsync(OnPieceAsync, _disposed.Token).ConfigureAwait(false);
            isClosed = true;
            _input.Failure = new IOException("the client closed the connection");
        }
        catch (Exception e) when (e is WebSocketException
            or IOException or OperationCanceledException or InvalidOperationException)
        {
            _input.Failure = new IOException($"the client is gone: {e.Message}", e);
        }

        await _stdin.Writer.CompleteAsync().ConfigureAwait(false); // after its end nobody minds
        _sizes.Writer.TryComplete();
        if (isClosed && _request is { Stdin: true, Tty: false })
            await _input.Consumed.WaitAsync(_disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _vanished.CancelAsync().ConfigureAwait(false);
    }

    private async ValueTask OnPieceAsync(byte channel, ReadOnlyMemory<byte> piece)
    {
        switch (channel)
        {
            case StreamChannels.Stdin when _request.Stdin && !Volatile.Read(ref _ended) && !_stdinEnded:
                await _stdin.Writer.WriteAsync(piece, _disposed.Token).ConfigureAwait(false);
                break;
            case StreamChannels.Resize when _request.Tty && TerminalSizes.Parse(piece.Span) is { } size:
                _sizes.Writer.TryWrite(size);
                break;
            case WebSocketChannels.CloseSignal when _protocol == StreamProtocols.V5
                && piece.Span is [StreamChannels.Stdin]:
                _stdinEnded = true;
                await _stdin.Writer.CompleteAsync().ConfigureAwait(false);
                break;
            default:
                break; // channels that nobody reads are passed over, as kubelet does
        }
    }
}
