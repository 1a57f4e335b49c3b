using System.Buffers;
using System.Buffers.Text;
using System.Net.WebSockets;

namespace Crisp.Streaming.WebSockets;

/// <summary>
/// Several byte streams over one WebSocket, as the *.channel.k8s.io protocols do it, for either end:
/// <code>
/// binary message    1 byte channel | bytes             base64 message   1 digit channel | base64
/// close signal      1 byte 255 | 1 byte channel        v5 alone: nothing more comes on that channel
/// </code>
/// Nothing here bounds a channel: whoever receives holds the connection back by not returning.
/// </summary>
public sealed class WebSocketChannels(WebSocket socket, ChannelEncoding encoding) : IDisposable
{
    /// <summary>The channel number that is none, but says that another one ends.</summary>
    public const byte CloseSignal = 255;

    /// <summary>Longest base64 message taken, bytes; a binary one is passed on as it comes.</summary>
    private const int TextMessageBytes = 1024 * 1024;

    private const int ReadBytes = 32 * 1024;

    /// <summary>Most bytes of one message sent.</summary>
    private const int MostPayloadBytes = 32 * 1024;

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Sends bytes, one message or several; none makes an empty message.</summary>
    public async ValueTask SendAsync(byte channel, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        do
        {
            var count = Math.Min(payload.Length, MostPayloadBytes);
            await SendMessageAsync(channel, payload[..count], cancellation).ConfigureAwait(false);
            payload = payload[count..];
        }
        while (!payload.IsEmpty);
    }

    /// <summary>Says that nothing more comes on a channel. Only v5.channel.k8s.io knows that.</summary>
    public ValueTask SendCloseSignalAsync(byte channel, CancellationToken cancellation) =>
        SendMessageAsync(CloseSignal, new[] { channel }, cancellation);

    /// <summary>
    /// Receives until the peer closes, calling back with each piece; a binary message may come in several. Throws
    /// <see cref="WebSocketException"/> where the connection is lost or the peer breaks the protocol.
    /// </summary>
    public async Task ReceiveAsync(Func<byte, ReadOnlyMemory<byte>, ValueTask> onPiece, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            if (encoding == ChannelEncoding.Base64)
                await ReceiveTextAsync(onPiece, buffer, cancellation).ConfigureAwait(false);
            else
                await ReceiveBinaryAsync(onPiece, buffer, cancellation).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Says goodbye, once. Whoever receives goes on until the peer has said it too.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason, CancellationToken patience)
    {
        try
        {
            await _turn.WaitAsync(patience).ConfigureAwait(false);
            try
            {
                await socket.CloseOutputAsync(status, reason, patience).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception e) when (e is WebSocketException
            or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The peer is gone already.
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task ReceiveBinaryAsync(
        Func<byte, ReadOnlyMemory<byte>, ValueTask> onPiece, byte[] buffer, CancellationToken cancellation)
    {
        byte channel = 0;
        var isFirst = true;
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
                return;
            ReadOnlyMemory<byte> piece = buffer.AsMemory(0, result.Count);
            if (isFirst && !piece.IsEmpty)
            {
                channel = piece.Span[0];
                piece = piece[1..];
                isFirst = false;
                if (piece.IsEmpty && !result.EndOfMessage)
                    continue;
                await onPiece(channel, piece).ConfigureAwait(false);
            }
            else if (!piece.IsEmpty)
            {
                await onPiece(channel, piece).ConfigureAwait(false);
            }

            isFirst |= result.EndOfMessage;
        }
    }

    private async Task ReceiveTextAsync(
        Func<byte, ReadOnlyMemory<byte>, ValueTask> onPiece, byte[] buffer, CancellationToken cancellation)
    {
        var message = new ArrayBufferWriter<byte>();
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
                return;
            if (message.WrittenCount + result.Count > TextMessageBytes)
                throw new WebSocketException(
                    WebSocketError.InvalidMessageType, $"a base64 message is longer than {TextMessageBytes} bytes");
            message.Write(buffer.AsSpan(0, result.Count));
            if (!result.EndOfMessage)
                continue;
            if (message.WrittenCount > 0)
                await onPiece(
                    (byte)(message.WrittenSpan[0] - (byte)'0'), Decode(message.WrittenSpan[1..])).ConfigureAwait(false);
            message.ResetWrittenCount();
        }
    }

    private static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text, bytes, out _, out var written) == OperationStatus.Done
            ? bytes[..written]
            : throw new WebSocketException(
                WebSocketError.InvalidMessageType, "a message of a base64 protocol is not base64");
    }

    private async ValueTask SendMessageAsync(byte channel, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var isText = encoding == ChannelEncoding.Base64;
        var message = ArrayPool<byte>.Shared.Rent(
            1 + (isText ? Base64.GetMaxEncodedToUtf8Length(payload.Length) : payload.Length));
        try
        {
            var length = Encode(channel, payload.Span, isText, message);
            await _turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                await socket.SendAsync(
                    message.AsMemory(0, length), isText
                        ? WebSocketMessageType.Text
                        : WebSocketMessageType.Binary, true, CancellationToken.None)
                    .ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    private static int Encode(byte channel, ReadOnlySpan<byte> payload, bool isText, Span<byte> message)
    {
        message[0] = isText ? (byte)('0' + channel) : channel;
        if (!isText)
        {
            payload.CopyTo(message[1..]);
            return 1 + payload.Length;
        }

        Base64.EncodeToUtf8(payload, message[1..], out _, out var written);
        return 1 + written;
    }
}
