using System.Net.WebSockets;
using System.Text.Json;
using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.WebSockets;

namespace Crisp.Ctl.Streaming;

/// <summary>
/// Over WebSocket all streams are numbered channels of one connection. Before v5 there is no way to say that stdin has
/// ended: a command that waits for that waits on, with kubectl as with crispctl.
/// </summary>
internal sealed class WebSocketCommand : RemoteCommand
{
    private const int MaxSaidBytes = 1024 * 1024;

    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1);
    private static readonly string[] s_protocols = [StreamProtocols.V5, StreamProtocols.V4, StreamProtocols.V1];

    private readonly WebSocket _socket;
    private readonly WebSocketChannels _channels;

    private readonly string _protocol;

    private WebSocketCommand(WebSocket socket, string protocol)
    {
        _socket = socket;
        _protocol = protocol;
        _channels = new WebSocketChannels(socket, ChannelEncoding.Binary);
    }

    internal static async Task<WebSocketCommand> OpenAsync(HttpUpgrade upgrade, CancellationToken ct)
    {
        var (socket, protocol) = await WebSocketDialer.DialAsync(upgrade, s_protocols, ct);
        return new WebSocketCommand(socket, protocol);
    }

    internal override async ValueTask WriteStdinAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await _channels.SendAsync(StreamChannels.Stdin, bytes, ct);
        }
        catch (WebSocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    internal override ValueTask EndStdinAsync(CancellationToken ct) => _protocol == StreamProtocols.V5
        ? _channels.SendCloseSignalAsync(StreamChannels.Stdin, ct)
        : ValueTask.CompletedTask;

    internal override ValueTask ResizeAsync(TerminalSize size, CancellationToken ct) =>
        _protocol is StreamProtocols.V5 or StreamProtocols.V4
            ? _channels.SendAsync(
                StreamChannels.Resize,
                JsonSerializer.SerializeToUtf8Bytes(size, TerminalSizeJson.Default.TerminalSize), ct)
            : ValueTask.CompletedTask;

    internal override async Task<int> RunAsync(Stream stdout, Stream stderr, CancellationToken ct)
    {
        using var said = new MemoryStream();
        Exception? failure = null;
        try
        {
            await _channels.ReceiveAsync((channel, piece) => PassOnAsync(channel, piece, stdout, stderr, said, ct), ct);
        }
        catch (WebSocketException e)
        {
            failure = e; // servers hang up without a close frame; the error channel says whether that was all
        }

        return ExitCodeOf(said.ToArray(), _protocol is StreamProtocols.V5 or StreamProtocols.V4, failure);
    }

    public override async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(s_farewell);
        await _channels.CloseAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
        _channels.Dispose();
        _socket.Dispose();
    }

    private static async ValueTask PassOnAsync(
        byte channel, ReadOnlyMemory<byte> piece, Stream stdout, Stream stderr, MemoryStream said, CancellationToken ct)
    {
        switch (channel)
        {
            case StreamChannels.Stdout or StreamChannels.Stderr:
                var stream = channel == StreamChannels.Stdout ? stdout : stderr;
                await stream.WriteAsync(piece, ct);
                await stream.FlushAsync(ct);
                break;
            case StreamChannels.Error when said.Length + piece.Length <= MaxSaidBytes:
                said.Write(piece.Span);
                break;
        }
    }
}
