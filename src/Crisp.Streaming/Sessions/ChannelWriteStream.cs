using System.Net.WebSockets;
using Crisp.Streaming.WebSockets;

namespace Crisp.Streaming.Sessions;

/// <summary>One channel of a WebSocket, written to.</summary>
internal sealed class ChannelWriteStream(WebSocketChannels channels, byte channel) : AsyncStream
{
    public override bool CanRead => false;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await channels.SendAsync(channel, buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException($"the client is gone: {e.Message}", e);
        }
    }
}
